// Copy the address of what is shown.
import { say } from './dom.js';
import { t } from './words.js';

/** Make the button `#copy` work, where the browser lets it. */
export function startCopy() {
  const button = document.getElementById('copy');
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(location.href);
    say(t('The link was copied.'));
    button.textContent = t('Copied');
  });
}
