// Arrows, Page keys and Space turn the slides, Home and End go to the ends, s or n shows the notes. The address keeps the place.
const slides = [...document.querySelectorAll('.slide')], status = document.querySelector('[role=status]');
let place = 0;
const go = to => {
  place = Math.max(0, Math.min(slides.length - 1, to));
  slides.forEach((slide, i) => { slide.hidden = i !== place; });
  status.textContent = `${place + 1} / ${slides.length}`;
  history.replaceState(null, '', `#${place + 1}`);
};
const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -slides.length, End: slides.length };
addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 's' || event.key === 'n') document.body.classList.toggle('with-notes');
  if (!(event.key in steps) || (event.key === ' ' && event.target.closest('button'))) return;
  event.preventDefault();
  go(place + steps[event.key]);
});
document.querySelectorAll('[data-step]').forEach(button => button.addEventListener('click', () => go(place + Number(button.dataset.step))));
addEventListener('hashchange', () => go(Number(location.hash.slice(1)) - 1 || 0));
document.body.classList.add('ready');
go(Number(location.hash.slice(1)) - 1 || 0);
