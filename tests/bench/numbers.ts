/** Numbers out of samples, and tables out of numbers. */

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of the samples. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** One line of the result: what was measured, the number with its unit, what it is compared with. */
export interface Line {
  readonly what: string;
  readonly value: string;
  readonly note: string;
}

/** What one part of the benchmark has found. */
export interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** The parts as Markdown. */
export function markdown(parts: readonly Part[]): string {
  return parts.map(({ title, lines }) => `### ${title}\n\n${table(lines)}`).join('\n');
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ what, value, note }) => `| ${what} | ${value} | ${note} |`);
  return `${['| measured | value | |', '|---|---:|---|', ...rows].join('\n')}\n`;
}

/** Milliseconds: three digits are enough. */
export function ms(value: number): string {
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** Mebibytes out of bytes. */
export function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
}

/** Kibibytes out of bytes. */
export function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
