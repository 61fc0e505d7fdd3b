// Counting with a phone: number keys large enough for a thumb, and a camera that stays on from label to label.
// The boxes themselves work without either.
"use strict";

(function () {
  const keys = document.querySelector(".count-keys");
  const box = document.getElementById("id_quantity");

  function press(key) {
    const isChosen = box.selectionStart === 0 && box.selectionEnd === box.value.length && box.value !== "";
    if (key === "clear") box.value = "";
    else if (key === "back") box.value = box.value.slice(0, -1);
    else if (box.value.length < 6 || isChosen) box.value = (isChosen ? "" : box.value) + key;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  if (keys && box) {
    keys.hidden = !window.matchMedia("(any-pointer: coarse)").matches;
    // On a phone our keys take the place of its own, which would cover half of the page.
    if (window.matchMedia("(pointer: coarse)").matches) box.inputMode = "none";
    box.select();
    keys.addEventListener("click", (event) => {
      const button = event.target.closest("[data-key]");
      if (button) press(button.dataset.key);
    });
  }

  // Each count is a page of its own: whoever had the camera on comes back to it.
  const camera = document.querySelector(".count-scan [data-camera]");
  const video = document.querySelector(".count-scan [data-video]");
  if (camera && video) {
    camera.addEventListener("click", (event) => {
      if (event.isTrusted) sessionStorage.setItem("counting-camera", video.hidden ? "on" : "off");
    });
    window.addEventListener("load", () => {
      if (sessionStorage.getItem("counting-camera") === "on" && !camera.hidden) camera.click();
    });
  }
})();
