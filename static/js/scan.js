// Scanning codes: a USB scanner types into the box and presses Enter; a phone's camera does the same.
// Either way the form hears "scanned" with detail.code; whoever handles it themselves calls preventDefault().
"use strict";

(function () {
  const AGAIN_AFTER = 2500; // a label held before the camera is one scan, not thirty a second

  function beep() {
    if (navigator.vibrate) navigator.vibrate(60);
  }

  // Our own labels hold the address of what they are stuck on: the code is its last part.
  function codeOf(text) {
    const found = /^https?:\/\/[^/]+\/s\/([^/?#]+)\/?$/.exec(text);
    return found ? decodeURIComponent(found[1]) : text;
  }

  function hand(box, code) {
    const input = box.querySelector("input");
    const form = input.form;
    input.value = code;
    const event = new CustomEvent("scanned", { detail: { code }, bubbles: true, cancelable: true });
    if (form && form.dispatchEvent(event)) form.requestSubmit();
  }

  function load(source) {
    if (window.ZXingBrowser) return Promise.resolve();
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function prepare(box) {
    if (box.dataset.ready) return;
    box.dataset.ready = "yes";
    const button = box.querySelector("[data-camera]");
    const video = box.querySelector("[data-video]");
    const problem = box.querySelector("[data-problem]");
    const words = button.querySelector("span");
    const begin = words.textContent;
    let controls = null;
    let last = { code: "", at: 0 };

    function stop() {
      if (controls) controls.stop();
      controls = null;
      video.hidden = true;
      words.textContent = begin;
    }

    function seen(result) {
      if (!result) return;
      if (!box.isConnected) { stop(); return; }
      const code = codeOf(result.getText().trim());
      const now = Date.now();
      if (code === last.code && now - last.at < AGAIN_AFTER) { last.at = now; return; }
      last = { code, at: now };
      beep();
      hand(box, code);
    }

    async function start() {
      problem.hidden = true;
      try {
        await load(box.dataset.library);
        video.hidden = false;
        const reader = new window.ZXingBrowser.BrowserMultiFormatReader();
        controls = await reader.decodeFromConstraints({ video: { facingMode: "environment" } }, video, seen);
        words.textContent = box.dataset.stop;
      } catch (error) {
        stop();
        problem.textContent = box.dataset.refused;
        problem.hidden = false;
      }
    }

    if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
      button.hidden = false;
      button.addEventListener("click", () => (controls ? stop() : start()));
    }
  }

  function all() {
    document.querySelectorAll("[data-scanner]").forEach(prepare);
  }

  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:load", all);
})();
