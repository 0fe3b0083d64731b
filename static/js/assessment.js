/* Each answer of the rating sheet saves itself. When that fails on the way, the place beside the answer says so, because
   no answer of the server can. */
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-unsaved]");
  const tell = (event) => {
    const place = event.detail.target;
    if (place && form && form.contains(place)) {
      place.textContent = form.dataset.unsaved;
    }
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, tell);
  }
});
