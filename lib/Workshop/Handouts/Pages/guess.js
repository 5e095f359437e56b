// Guesses are kept in this browser alone. Where it keeps nothing, they stay until the page is left.
const name = box => 'concurrency-notebooks/' + box.dataset.guess;
const boxes = [...document.querySelectorAll('[data-guess]')];
const kept = act => { try { return act(localStorage); } catch { return null; } };
const show = () => {
  boxes.forEach(box => {
    const value = kept(store => store.getItem(name(box)));
    if (value !== null) box.type === 'checkbox' ? box.checked = value === 'yes' : box.value = value;
  });
  count();
};
const count = () => {
  const score = document.querySelector('[data-score]'), ticks = boxes.filter(box => box.type === 'checkbox');
  if (!score) return;
  const written = boxes.filter(box => box.type !== 'checkbox' && box.value.trim());
  score.textContent = `${written.length} of ${ticks.length} guesses written, ${ticks.filter(box => box.checked).length} of them near.`;
  score.hidden = false;
};
boxes.forEach(box => box.addEventListener('input', () => {
  kept(store => store.setItem(name(box), box.type === 'checkbox' ? (box.checked ? 'yes' : '') : box.value));
  count();
}));
addEventListener('storage', show);
addEventListener('pageshow', show);
