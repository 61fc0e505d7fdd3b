// What is shown for a duty: photos taken one after the other and made small enough to send, people found by typing.
"use strict";

(function () {
  const LONG_SIDE = 2000;
  const SMALL_ENOUGH = 1024 * 1024;
  const THUMBNAIL = 144;
  const chosen = new WeakMap(); // box -> [File]

  function drawn(bitmap, longest) {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  // A phone's photo of 8 MB becomes one of half a MB; what the browser cannot draw is sent as it is.
  async function lighter(file) {
    if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) return file;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const blob = await new Promise((done) => drawn(bitmap, LONG_SIDE).toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch (error) {
      return file;
    }
  }

  async function thumbnail(file, item) {
    if (!file.type.startsWith("image/")) return;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const image = document.createElement("img");
      image.src = drawn(bitmap, THUMBNAIL).toDataURL("image/jpeg", 0.8);
      image.alt = file.name;
      item.replaceChild(image, item.firstChild);
    } catch (error) { /* its name stands there */ }
  }

  function put(box) {
    const files = new DataTransfer();
    chosen.get(box).forEach((file) => files.items.add(file));
    box.querySelector("[data-keeper]").files = files.files;
  }

  function show(box) {
    const list = box.querySelector(".files-chosen");
    list.replaceChildren();
    chosen.get(box).forEach((file, number) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = file.name;
      const away = document.createElement("button");
      away.type = "button";
      away.textContent = "×";
      away.setAttribute("aria-label", box.dataset.remove + " " + file.name);
      away.addEventListener("click", () => {
        chosen.get(box).splice(number, 1);
        put(box);
        show(box);
      });
      item.append(name, away);
      list.append(item);
      thumbnail(file, item);
    });
  }

  async function take(input) {
    const box = input.closest("[data-files]");
    const fresh = [...input.files];
    if (input.matches("[data-camera]")) input.value = "";
    const files = chosen.get(box) || [];
    const most = Number(box.dataset.most);
    chosen.set(box, files);
    put(box);
    const sent = await Promise.all(fresh.slice(0, Math.max(0, most - files.length)).map(lighter));
    if (files.length + fresh.length > most) window.office.toast(box.dataset.tooMany.replace("{count}", most), "warning");
    files.push(...sent);
    put(box);
    show(box);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-files] input[type='file']")) take(event.target);
    const people = event.target.closest("[data-attendance]");
    if (people) count(people);
  });

  // -- who was there ---------------------------------------------------------------------------------
  function count(people) {
    const place = people.querySelector("[data-count]");
    const ticked = people.querySelectorAll("input[type='checkbox']:checked").length;
    place.textContent = ticked ? place.dataset.words.replace("{count}", ticked) : "";
  }
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-find]")) return;
    const wanted = event.target.value.trim().toLowerCase();
    event.target.closest("[data-attendance]").querySelectorAll("[data-words]").forEach((label) => {
      if (label.matches("label")) label.hidden = wanted !== "" && !label.dataset.words.toLowerCase().includes(wanted);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-find]")) event.preventDefault();
  });

  function care(root) {
    root.querySelectorAll("[data-files]").forEach((box) => box.classList.add("is-ready"));
    root.querySelectorAll("[data-attendance]").forEach((people) => {
      people.querySelector("[data-find]").hidden = false;
      count(people);
    });
  }
  // The answer stands where the form stood: one goes on at the first mistake, or at the top.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const fresh = document.getElementById("occurrence");
    if (!event.detail.xhr || event.detail.target.id !== "occurrence" || !fresh) return;
    const mistake = fresh.querySelector("[aria-invalid='true']") || fresh.querySelector(".errorlist, .form-error");
    if (mistake && mistake.matches("[aria-invalid]")) mistake.focus();
    (mistake || document.getElementById("main")).scrollIntoView({ block: mistake ? "center" : "start" });
  });

  care(document);
  document.body.addEventListener("htmx:load", (event) => care(event.detail.elt));
})();
