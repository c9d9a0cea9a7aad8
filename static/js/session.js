// Says that the session is about to end, and clears the screen when it has. The server ends it by
// itself: without this file nothing more can be asked for, but what is on screen stays there.
(function () {
  "use strict";

  var LOOK = 1000;
  var SAID = 4000;
  var PATIENCE = 5000;

  var bar = document.querySelector(".session[data-seconds]");
  if (!bar) {
    return;
  }
  var words = bar.querySelector("[role=status]");
  var form = bar.querySelector("form[data-stay]");
  var forms = bar.querySelectorAll("form");
  var warning = bar.dataset.warning * 1000;
  var cover = document.createElement("div");
  cover.className = "gone";
  cover.setAttribute("role", "alert");

  var ends = 0;
  var final = false;
  var warned = false;
  var asking = false;
  var over = false;
  var before = null;

  function left() {
    return ends - Date.now();
  }

  function hear(answer) {
    ends = Date.now() + answer.seconds * 1000;
    final = answer.final;
    if (left() > 0) {
      cover.remove();
    }
    if (left() > warning && warned) {
      warned = false;
      hide();
    }
  }

  // GET asks how long is left, POST asks to stay. Only the second counts as a press.
  function send(method) {
    asking = true;
    return fetch(form.action, {
      method: method,
      body: method === "POST" ? new URLSearchParams(new FormData(form)) : undefined,
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
    })
      .then(function (answer) {
        if (answer.type === "opaqueredirect") {
          end(); // to the sign-in page: the session is over
        } else if (answer.ok) {
          return answer.json().then(hear);
        } else {
          throw new Error("no answer");
        }
      })
      .finally(function () {
        asking = false;
      });
  }

  // Another tab may have been used, or a file downloaded: the server knows, this page does not.
  function ask() {
    send("GET")
      .catch(function () {
        if (left() <= 0) {
          end();
        }
      })
      .then(function () {
        if (!over && left() > 0 && left() <= warning) {
          warn();
        }
      });
  }

  function stay() {
    if (asking || over) {
      return;
    }
    send("POST").then(
      function () {
        if (!over && !warned) {
          show("stays", false);
          window.setTimeout(function () {
            if (!warned) {
              hide();
            }
          }, SAID);
        }
      },
      function () {
        say("failed");
      }
    );
  }

  function say(name) {
    var minutes = Math.ceil(left() / 60000);
    var text = words.dataset[name].replace("{time}", minutes > 1 ? minutes + " minutes" : "1 minute");
    if (words.textContent !== text) {
      words.textContent = text;
      words.dataset.said = name;
    }
  }

  function show(name, buttons) {
    words.textContent = "";
    forms.forEach(function (each) {
      each.hidden = !buttons || (each === form && final);
    });
    bar.hidden = false;
    // A screen reader speaks words that change, not words that were there when they appeared.
    window.setTimeout(say, 100, name);
  }

  function hide() {
    if (bar.contains(document.activeElement)) {
      (before && before.isConnected ? before : document.getElementById("main") || document.body).focus();
    }
    bar.hidden = true;
  }

  function warn() {
    var name = final ? "last" : "soon";
    if (!warned) {
      warned = true;
      show(name, true);
    } else if (words.dataset.said === name) {
      say(name);
    }
  }

  function end() {
    var said = document.createElement("p");
    var here = window.location.pathname + window.location.search;
    over = true;
    said.className = "sr";
    said.textContent = "You are signed out.";
    document.title = "Signed out";
    document.body.replaceChildren(cover);
    cover.appendChild(said);
    window.location.replace(bar.dataset.signIn + "?next=" + encodeURIComponent(here));
  }

  // By the clock on the wall, not by counting: a laptop that slept counts nothing.
  function look() {
    if (over) {
      return;
    }
    if (left() <= 0) {
      document.body.appendChild(cover);
    }
    if (left() > warning || asking) {
      return;
    }
    if (left() <= 0 || !warned) {
      ask();
    } else {
      warn();
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    stay();
  });
  // The warning takes no focus, so the way to it from a form would be long: one key is enough.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !event.isComposing && warned && !final) {
      stay();
    }
  });
  bar.addEventListener("focusin", function (event) {
    if (event.relatedTarget && !bar.contains(event.relatedTarget)) {
      before = event.relatedTarget;
    }
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && !over && !asking && warned) {
      ask();
    }
  });

  hear({ seconds: Number(bar.dataset.seconds), final: "final" in bar.dataset });
  look();
  window.setInterval(look, LOOK);
})();
