/** Scrolls a box so far that a line in it can be seen, and not what is around it: the page never moves by itself. */
export function keepInView(pane: HTMLElement, top: number, height: number): void {
  const box = pane.getBoundingClientRect();
  const margin = Math.min(height * 2, box.height / 4);
  if (top < box.top) pane.scrollTop += top - box.top - margin;
  else if (top + height > box.bottom) pane.scrollTop += top + height - box.bottom + margin;
}
