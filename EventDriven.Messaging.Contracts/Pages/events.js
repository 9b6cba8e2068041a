const search = document.getElementById('search');
const found = document.getElementById('found');
const events = [...document.querySelectorAll('.event')].map(element => ({ element, text: element.textContent.toLowerCase() }));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, text } of events) {
    element.hidden = !words.every(word => text.includes(word));
    shown += element.hidden ? 0 : 1;
  }
  found.textContent = words.length === 0 ? '' : `${shown} of ${events.length}`;
}

// A link to an event shows it, whatever was searched for.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.hidden) {
    search.value = '';
    filter();
    target.scrollIntoView();
  }
}

search.addEventListener('input', filter);
window.addEventListener('hashchange', reveal);
filter();
