// Asks the browser for a passkey when a form that wants one is sent, and sends what it answers.
// Without this file such a form says that a passkey did not work, and the page names another way.
(function () {
  "use strict";

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var answer = form.querySelector("input[name=credential]");
    var says = form.querySelector("[role=status]");
    form.querySelector("[data-without-script]").remove();

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!window.webauthnJSON || !window.webauthnJSON.supported()) {
        says.textContent = says.dataset.none;
        return;
      }
      var question = JSON.parse(form.dataset.question);
      var asked = form.dataset.passkey === "make" ? window.webauthnJSON.create(question) : window.webauthnJSON.get(question);
      says.textContent = says.dataset.wait;
      asked.then(
        function (credential) {
          answer.value = JSON.stringify(credential);
          form.submit();
        },
        function () {
          says.textContent = says.dataset.failed;
        }
      );
    });
  });
})();
