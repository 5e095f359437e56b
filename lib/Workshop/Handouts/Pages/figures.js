document.querySelectorAll(window.Plotly ? '.cn-chart[data-figure]' : '.none').forEach(chart => {
  const figure = JSON.parse(chart.dataset.figure.replaceAll('#1f2937', getComputedStyle(chart).color));
  const picture = chart.firstElementChild, place = document.createElement('div');
  place.className = 'cn-figure';
  chart.prepend(place);
  Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false })
    .then(() => picture.classList.add('cn-paper'), () => place.remove());
});
