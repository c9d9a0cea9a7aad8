// Leave this page, faster than the form alone: the page goes blank at once, and the browser's
// history gets the page we leave for instead of this one. Without this file the button still
// posts, ends the session and moves on.
(function () {
  "use strict";

  var TIMES = 3;
  var WITHIN = 5000;
  // The page is blank meanwhile; this long may the ending of the session take before we go anyway.
  var WAIT = 1500;

  var form = document.querySelector("form[data-leave]");
  if (!form) {
    return;
  }
  var said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  document.body.appendChild(said);

  var leaving = false;
  var presses = 0;
  var alone = true;
  var timer = null;

  function blank() {
    var overlay = document.createElement("div");
    var words = document.createElement("p");
    overlay.className = "gone";
    overlay.setAttribute("role", "alert");
    words.className = "sr";
    words.textContent = "Leaving this page.";
    document.title = "One moment";
    document.body.replaceChildren(overlay);
    overlay.appendChild(words);
  }

  // Other tabs of this site go blank and move on in the same moment. Nothing is stored for it.
  var tabs = "BroadcastChannel" in window ? new BroadcastChannel("leave") : null;
  if (tabs) {
    tabs.onmessage = function () {
      leaving = true;
      blank();
      window.location.replace(form.dataset.leave);
    };
  }

  function leave() {
    if (leaving) {
      return;
    }
    leaving = true;
    blank();
    if (tabs) {
      tabs.postMessage("");
    }
    var gone = false;
    function go() {
      if (!gone) {
        gone = true;
        window.location.replace(form.dataset.leave);
      }
    }
    window.setTimeout(go, WAIT);
    // keepalive: the session ends even if the browser moves on before the answer is back.
    fetch(form.action, { method: "POST", keepalive: true, cache: "no-store" }).then(go, go);
  }

  function forget(words) {
    presses = 0;
    said.textContent = words;
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    leave();
  });

  // Shift on its own, three times: Shift as part of a capital letter or a shortcut does not count.
  document.addEventListener("keydown", function (event) {
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!alone) {
      window.clearTimeout(timer);
      forget("");
    }
  });
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift" || !alone) {
      return;
    }
    if (presses === 0) {
      timer = window.setTimeout(forget, WITHIN, "Not leaving. You can start again.");
    }
    presses += 1;
    if (presses === TIMES) {
      window.clearTimeout(timer);
      leave();
    } else {
      said.textContent = "Shift, press " + (TIMES - presses) + " more to leave this page.";
    }
  });

  // A page that the browser kept whole is asked for again: the session may have ended since.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      blank();
      window.location.reload();
    }
  });
})();
