// For browsers without JavaScript modules: such a browser never runs boot.js, so it must be told here.
document.addEventListener('DOMContentLoaded', function () {
  document.getElementById('boot-unsupported').hidden = false;
});
