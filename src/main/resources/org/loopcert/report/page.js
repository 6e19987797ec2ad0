
"use strict";
for (const button of document.querySelectorAll("button[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const status = button.nextElementSibling;
  function select() {
    text.focus();
    text.select();
    let copied = false;
    try {
      copied = document.execCommand("copy");
    } catch (refused) {
      copied = false;
    }
    status.textContent = copied ? "Copied." : "Selected: press Ctrl+C to copy.";
  }
  button.hidden = false;
  button.addEventListener("click", function () {
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text.value).then(function () { status.textContent = "Copied."; }, select);
    } else {
      select();
    }
  });
}
