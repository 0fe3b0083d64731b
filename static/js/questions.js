/* Questions that depend on another answer are hidden until it is given. Without script they stand there with the
   sentence that says when they are asked. */
document.addEventListener("DOMContentLoaded", () => {
  const plain = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
  for (const form of document.querySelectorAll("form")) {
    const dependent = new Map();
    for (const input of form.querySelectorAll("[data-shown-if]")) {
      dependent.set(input.closest(".field"), input.dataset);
    }
    const isGiven = (condition) => {
      const inputs = [...form.querySelectorAll(`[name="${condition.shownIf}"]`)];
      const chosen = inputs.find((input) => input.type !== "radio" || input.checked);
      return Boolean(chosen) && !chosen.closest(".field").hidden && plain(chosen.value) === plain(condition.shownValue);
    };
    const show = () => {
      /* Once per step of the longest chain of conditions. */
      for (let step = 0; step < dependent.size; step += 1) {
        for (const [field, condition] of dependent) {
          field.hidden = !isGiven(condition);
        }
      }
    };
    form.addEventListener("input", show);
    show();
  }
});
