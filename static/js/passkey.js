/* Joins the buttons for passkeys to the forms: allauth's own script would be told by inline blocks, which we do not send.

   <form data-passkey="login | signup | add | authenticate"> with a hidden field named credential and a button that has
   data-passkey-button; what the browser needs for all but "login" stands in the block of data with the id js_data. */
document.addEventListener("DOMContentLoaded", () => {
  const show = (name) => document.querySelectorAll(`[data-passkey-${name}]`).forEach((part) => { part.hidden = false; });
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname);
  if (!window.PublicKeyCredential || isNumber) {
    show(isNumber ? "needs-name" : "impossible");
    return;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("failed");
  });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[data-passkey-button]");
    const passwordless = form.elements.passwordless;
    const ids = { credential: form.elements.credential.id, data: "js_data" };
    if (passwordless) {
      ids.passwordless = passwordless.id;
    }
    ids[form.dataset.passkey] = button.id;
    allauth.webauthn.forms[`${form.dataset.passkey}Form`]({ ids });
  });
  show("possible");
});
