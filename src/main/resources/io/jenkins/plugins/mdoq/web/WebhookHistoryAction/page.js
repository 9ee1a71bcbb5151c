// Times are in UTC until here; the reader's browser knows the reader's own time zone.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("time.mdoq-time").forEach((time) => {
    const instant = new Date(time.dateTime);
    if (!Number.isNaN(instant.getTime())) {
      time.title = time.dateTime;
      time.textContent = instant.toLocaleString();
    }
  });
  // A link to an entry leads to its details.
  const open = () => {
    const entry = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const details = entry?.classList.contains("mdoq-entry")
      ? entry.nextElementSibling?.querySelector("details")
      : null;
    if (details) {
      details.open = true;
    }
  };
  window.addEventListener("hashchange", open);
  open();
});
