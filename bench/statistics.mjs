/** Figures of alternating runs and what is told of them. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ours and the floor of each round, taken side by side: the ratio of the medians, and how far single rounds were apart. */
export function compare(id, name, ours, floor) {
  const isKnown = [...ours, ...floor].every((value) => Number.isFinite(value));
  if (!isKnown) return { id, name, unit: "ms", ours: null, floor: null, ratio: null, low: null, high: null };
  const ratios = ours.map((value, round) => value / floor[round]);
  return {
    id,
    name,
    unit: "ms",
    ours: median(ours),
    floor: median(floor),
    ratio: median(ours) / median(floor),
    low: Math.min(...ratios),
    high: Math.max(...ratios),
  };
}

/** Slope of the line through the points in a plot with two logarithmic axes: 1 is linear, 2 quadratic. */
export function exponent(points) {
  const xs = points.map(([size]) => Math.log(size));
  const ys = points.map(([, time]) => Math.log(time));
  const meanX = xs.reduce((a, b) => a + b, 0) / xs.length;
  const meanY = ys.reduce((a, b) => a + b, 0) / ys.length;
  const above = xs.reduce((sum, x, i) => sum + (x - meanX) * (ys[i] - meanY), 0);
  return above / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}
