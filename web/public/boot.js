// Runs before the first paint, outside the bundle, so that it works when the bundle does not:
// it applies the chosen theme, and turns a file that failed to load into a named message with Retry.
(function () {
  'use strict';
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('sortkey.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  } catch (blocked) {
    root.dataset.storage = 'blocked';
  }

  function fileName(url) {
    return url.split(/[?#]/)[0].split('/').pop() || url;
  }

  function show(what) {
    var status = document.getElementById('shell-status');
    if (!status) return;
    status.textContent = '';
    status.className = 'shell-status shell-failed';
    status.setAttribute('role', 'alert');
    var text = document.createElement('p');
    text.textContent = what;
    var retry = document.createElement('button');
    retry.type = 'button';
    retry.className = 'button primary';
    retry.textContent = 'Retry';
    retry.addEventListener('click', function () {
      location.reload();
    });
    status.append(text, retry);
  }

  // Loading errors do not bubble, so they are caught on the way down.
  window.addEventListener(
    'error',
    function (event) {
      var target = event.target;
      if (target instanceof HTMLScriptElement && target.src) {
        show('The playground could not start: ' + fileName(target.src) + ' did not load. Nothing you saved is lost.');
      } else if (target instanceof HTMLLinkElement && target.rel === 'modulepreload') {
        show('The playground could not start: ' + fileName(target.href) + ' did not load. Nothing you saved is lost.');
      }
    },
    true,
  );
})();
