// Adds a button that copies a note. Without this file, or where a browser does not allow it, the
// note can be selected and copied by hand.
(function () {
  "use strict";

  if (!navigator.clipboard) {
    return;
  }
  document.querySelectorAll("textarea[data-copy]").forEach(function (note) {
    var said = note.parentElement.querySelector("[role=status]");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "Copy this note";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(note.value).then(
        function () {
          said.textContent = "Copied.";
        },
        function () {
          note.focus();
          note.select();
          said.textContent = "The note is selected. Copy it from here.";
        }
      );
    });
    note.insertAdjacentElement("afterend", button);
  });
})();
