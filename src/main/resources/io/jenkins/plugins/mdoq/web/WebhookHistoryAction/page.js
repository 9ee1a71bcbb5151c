// Keeps what is shown up to date, puts times into the reader's zone, and asks before a lock is released.
(function () {
  "use strict";

  const EVERY_MS = 4000;
  const SLOWEST_MS = 60000;

  const localize = (root) => {
    root.querySelectorAll("time.mdoq-time").forEach((time) => {
      const instant = new Date(time.dateTime);
      if (!Number.isNaN(instant.getTime())) {
        time.title = instant.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
      }
    });
  };

  const child = (element, tagName) => Array.from(element.children).find((each) => each.tagName === tagName) || null;

  const childrenById = (element) =>
    element.children.length > 0 && Array.from(element.children).every((each) => each.id !== "");

  // A form that somebody has begun to fill in is left as it is; it says that it is of no use any more.
  const retire = (element) => {
    const form = element.querySelector("form");
    const written =
      form !== null &&
      (element.querySelector("input[type=radio]:checked") !== null ||
        Array.from(element.querySelectorAll("textarea, input[type=number]")).some((area) => area.value !== ""));
    if (!written) {
      element.remove();
      return;
    }
    element.classList.add("mdoq-over");
    // The fields stay: whoever is just being asked once more is answered that it came too late, and keeps the text.
    element.querySelectorAll("button").forEach((button) => {
      button.disabled = true;
    });
  };

  const update = (current, fresh) => {
    if (child(current, "FORM") !== null) {
      return;
    }
    // What the reader has just brought about stays, as long as it is about the same.
    if (current.dataset.mdoqKeep !== undefined && current.dataset.mdoqKeep === fresh.dataset.mdoqKeep) {
      return;
    }
    if (current.tagName === "DETAILS" && fresh.tagName === "DETAILS") {
      fresh.open = current.open;
    }
    if (current.isEqualNode(fresh)) {
      return;
    }
    if (current.querySelector("form") === null && fresh.querySelector("form") === null && !childrenById(fresh)) {
      if (!current.contains(document.activeElement)) {
        current.replaceWith(fresh);
      } else if (current.innerHTML !== fresh.innerHTML) {
        // The reader is in here with the keyboard; the element stays, so that they do not lose their place.
        const summary = child(current, "SUMMARY") === document.activeElement;
        current.innerHTML = fresh.innerHTML;
        if (summary) {
          child(current, "SUMMARY")?.focus();
        }
      }
      return;
    }
    for (const name of ["class", "data-mdoq-over"]) {
      if (fresh.hasAttribute(name)) {
        current.setAttribute(name, fresh.getAttribute(name));
      }
    }
    const before = new Map(Array.from(current.children).map((each) => [each.id, each]));
    Array.from(fresh.children).forEach((added, index) => {
      const known = before.get(added.id);
      before.delete(added.id);
      if (known) {
        update(known, added);
      } else {
        current.insertBefore(added, current.children[index] || null);
        // Jenkins gives forms their crumb when they appear.
        window.Behaviour?.applySubtree(added, true);
      }
    });
    before.forEach(retire);
  };

  const follow = (root) => {
    let wait = EVERY_MS;
    const isOver = () => root.querySelector("[data-mdoq-over='true']") !== null;
    const again = () => {
      if (!isOver()) {
        window.setTimeout(look, wait);
      }
    };
    const show = (text) => {
      const fresh = new DOMParser().parseFromString(text, "text/html").body;
      localize(fresh);
      Array.from(fresh.children).forEach((part) => {
        const known = document.getElementById(part.id);
        if (known !== null && root.contains(known)) {
          update(known, part);
        }
      });
    };
    const look = () => {
      if (document.hidden) {
        document.addEventListener("visibilitychange", look, { once: true });
        return;
      }
      fetch(root.dataset.mdoqRefresh, { cache: "no-store" })
        .then((response) => {
          if (response.status === 403 || response.status === 404) {
            // Logged out, or the build is gone: what is shown is the last that can be known.
            return;
          }
          if (!response.ok) {
            throw new Error(response.statusText);
          }
          return response.text().then((text) => {
            show(text);
            wait = EVERY_MS;
            again();
          });
        })
        .catch(() => {
          // Jenkins may be restarting: the build goes on waiting, so this page does too.
          wait = Math.min(2 * wait, SLOWEST_MS);
          again();
        });
    };
    again();
  };

  // A link to an entry or a lock leads to its details.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (target === null) {
      return;
    }
    const details = target.tagName === "DETAILS" ? target : child(target, "DETAILS");
    if (details !== null) {
      details.open = true;
      target.scrollIntoView();
    }
  };

  const confirmed = new WeakSet();
  const confirm = (event) => {
    const form = event.target;
    if (!form.dataset?.mdoqConfirm || confirmed.has(form)) {
      return;
    }
    event.preventDefault();
    const choice = form.querySelector("input[type=radio]:checked");
    const label =
      choice === null
        ? form.dataset.mdoqMessage
        : form.querySelector(`label[for="${choice.id}"]`).textContent.trim();
    window.dialog
      .confirm(form.dataset.mdoqConfirm, {
        message: label,
        okText: form.dataset.mdoqButton,
        minWidth: "min(450px, 90vw)",
        type: choice === null || choice.value === "success" ? "default" : "destructive",
      })
      .then(
        () => {
          confirmed.add(form);
          form.requestSubmit();
        },
        () => {},
      );
  };

  // A reason is required of everything but a success.
  const require = (event) => {
    if (event.target.name === "outcome" && event.target.form?.dataset.mdoqConfirm) {
      event.target.form.elements.message.required = event.target.value !== "success";
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    localize(document);
    document.querySelectorAll("[data-mdoq-refresh]").forEach(follow);
    document.addEventListener("submit", confirm);
    document.addEventListener("change", require);
    window.addEventListener("hashchange", open);
    open();
  });
})();
