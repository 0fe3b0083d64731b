/* Keys 1 to 4 press the four answers of a card. They work only while the card or something in it has the focus, which
   the card gets when it appears: single keys must not surprise people who speak to their computer (WCAG 2.1.4). */
document.addEventListener("DOMContentLoaded", () => {
  const card = document.querySelector("[data-stance-card]");
  if (!card) {
    return;
  }
  card.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey && !event.repeat;
    const button = isPlain && /^[1-4]$/.test(event.key) && card.querySelector(`[data-stance-key="${event.key}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
  card.querySelector("[data-stance-hint]").hidden = false;
  card.focus({ preventScroll: true });
});
