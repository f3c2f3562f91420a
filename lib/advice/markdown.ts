/**
 * The part of Markdown that articles use, read into data: headings, paragraphs, lists, code blocks; inside them code, bold, links
 * and {placeholders}. There is no HTML in it, so nothing in an article can become anything but text.
 */
export type Inline =
  | { readonly kind: 'text' | 'code' | 'placeholder'; readonly text: string }
  | { readonly kind: 'bold'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[] };

export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

const fence = /^\s*```/;
const heading = /^## +(.+)$/;
const markers = { bullet: /^[-*] +/, number: /^\d+\. +/ };

/** Reads the text below the front matter. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  while (lines.length > 0) {
    if (lines[0]?.trim() === '') lines.shift();
    else blocks.push(takeBlock(lines));
  }
  return blocks;
}

/** Takes one block from the front. Every branch takes at least one line. */
function takeBlock(lines: string[]): Block {
  const first = lines[0] ?? '';
  if (fence.test(first)) return takeCode(lines);
  const title = heading.exec(first)?.[1];
  if (title !== undefined) {
    lines.shift();
    return { kind: 'heading', parts: parseInline(title) };
  }
  if (markers.bullet.test(first)) return takeList(lines, markers.bullet);
  if (markers.number.test(first)) return takeList(lines, markers.number);
  return { kind: 'paragraph', parts: parseInline(takeParagraph(lines)) };
}

function takeCode(lines: string[]): Block {
  lines.shift();
  const end = lines.findIndex((line) => fence.test(line));
  const code = lines.splice(0, end === -1 ? lines.length : end);
  lines.shift();
  return { kind: 'code', text: code.join('\n') };
}

/** Items with their indented lines; an empty line between two items does not end the list. */
function takeList(lines: string[], marker: RegExp): Block {
  const items: string[] = [];
  while (lines[0] !== undefined && marker.test(lines[0])) {
    const first = lines.shift()?.replace(marker, '') ?? '';
    items.push([first, ...takeIndented(lines)].join(' '));
    if (lines[0]?.trim() === '' && marker.test(lines[1] ?? '')) lines.shift();
  }
  return { kind: 'list', ordered: marker === markers.number, items: items.map(parseInline) };
}

function takeIndented(lines: string[]): string[] {
  const end = lines.findIndex((line) => !/^\s+\S/.test(line));
  return lines.splice(0, end === -1 ? lines.length : end).map((line) => line.trim());
}

function takeParagraph(lines: string[]): string {
  const end = lines.findIndex((line, at) => at > 0 && (line.trim() === '' || fence.test(line) || heading.test(line)));
  return lines
    .splice(0, end === -1 ? lines.length : end)
    .map((line) => line.trim())
    .join(' ');
}

const inline = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^()\s]+(?:\([^()\s]*\))?[^()\s]*)\)|\{(\w+)\}/g;

/** Reads one run of text. A link that leads neither to a page of ours nor to the web stays text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(toInline(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function toInline([whole, code, bold, label, href, placeholder]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code };
  if (bold !== undefined) return { kind: 'bold', parts: parseInline(bold) };
  if (placeholder !== undefined) return { kind: 'placeholder', text: placeholder };
  if (label !== undefined && href !== undefined && /^(https?:\/\/|\/(?!\/)|#)/.test(href))
    return { kind: 'link', href, parts: parseInline(label) };
  return { kind: 'text', text: whole };
}
