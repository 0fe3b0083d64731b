// The search field that select2 draws, whenever it does, gets the name of the field it searches for.
const nameSearch = () => {
  for (const search of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const select = search.closest(".related-widget-wrapper, .form-row")?.querySelector("select");
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    if (label) {
      search.setAttribute("aria-label", label.textContent.trim());
    }
  }
};
document.addEventListener("DOMContentLoaded", () => {
  nameSearch();
  new MutationObserver(nameSearch).observe(document.body, { childList: true, subtree: true });
});
