// Sends a test event for the webhook that a button belongs to, and shows beside it what came of it.
(function () {
  "use strict";

  const FIELDS = ["name", "url", "urlCredentialsId", "credentialsId", "timeoutSeconds", "format"];

  // What stands on the form now; secrets in their order, the one that is sent first.
  const fieldsOf = (box) => {
    const fields = new URLSearchParams();
    if (box.dataset.mdoqWebhook) {
      fields.set("webhook", box.dataset.mdoqWebhook);
      return fields;
    }
    const row = box.closest(".repeated-chunk");
    FIELDS.forEach((name) => {
      row.querySelectorAll(`[name="_.${name}"]`).forEach((field) => fields.append(name, field.value));
    });
    fields.set("sign", row.querySelector('[name="_.sign"]')?.checked === true);
    return fields;
  };

  const element = (tagName, text, className) => {
    const made = document.createElement(tagName);
    made.textContent = text;
    made.dir = "auto";
    if (className) {
      made.className = className;
    }
    return made;
  };

  // Whatever an endpoint says is text and nothing else.
  const show = (box, trial) => {
    const alert = document.createElement("div");
    alert.className = `jenkins-alert ${trial.style}`;
    alert.append(element("p", trial.headline, "mdoq-try__headline"));
    if (trial.lines.length > 0) {
      const list = document.createElement("ul");
      trial.lines.forEach((line) => list.append(element("li", line)));
      alert.append(list);
    }
    if (trial.body) {
      const body = element("pre", trial.body, "mdoq-try__body");
      body.tabIndex = 0;
      alert.append(body);
    }
    box.querySelector(".mdoq-try__result").replaceChildren(alert);
  };

  const failed = (box, status) => ({
    style: "jenkins-alert-danger",
    headline: `${box.dataset.mdoqFailed} ${status}`,
    lines: [],
    body: null,
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".mdoq-try__button");
    if (!button) {
      return;
    }
    const box = button.closest(".mdoq-try");
    button.disabled = true;
    fetch(box.dataset.mdoqTry, {
      method: "POST",
      cache: "no-store",
      headers: window.crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: fieldsOf(box).toString(),
    })
      .then((response) => (response.ok ? response.json() : failed(box, response.status)))
      .catch(() => failed(box, "-"))
      .then((trial) => {
        show(box, trial);
        button.disabled = false;
        button.focus();
      });
  });
})();
