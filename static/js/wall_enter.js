// A screen is let in: what stands behind the # of its address is sent as a form, and no address keeps it.
"use strict";

(function () {
  const form = document.getElementById("wall-enter");
  form.elements.token.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  form.submit();
})();
