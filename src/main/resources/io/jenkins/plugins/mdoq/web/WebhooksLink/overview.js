// Keeps the address of a search short: without Jenkins' crumb, which only a POST needs, and without what was left open.
(function () {
  "use strict";

  document.addEventListener("formdata", (event) => {
    if (!event.target.classList.contains("mdoq-filter")) {
      return;
    }
    Array.from(event.formData.entries()).forEach(([name, value]) => {
      if (value === "" || name === window.crumb?.fieldName) {
        event.formData.delete(name);
      }
    });
  });
})();
