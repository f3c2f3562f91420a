/** Drawings, 16 by 16, in the colour of the text around them. Each stands beside a word, so it is hidden from screen readers. */
import type { NodeState } from '#lib/result/node.ts';
import type { Outcome } from '#lib/result/verdict.ts';

export type IconName =
  | 'check'
  | 'cross'
  | 'warning'
  | 'ring'
  | 'running'
  | 'skip'
  | 'dash'
  | 'broken'
  | 'chevron'
  | 'info'
  | 'menu'
  | 'mark';

const paths: Record<IconName, string> = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.2 14.6 13.6H1.4ZM8 6.4v3.4M8 11.7v.2',
  ring: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9',
  running: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
  skip: 'M2.5 11.5C3 6 9 4 12.6 8.2M13.2 4.4v4.2H9',
  dash: 'M3.5 8h9',
  broken: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6.2 6.3c0-2.4 3.7-2.3 3.7-.1C9.9 7.7 8 7.8 8 9.4M8 11.4v.2',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.2v4M8 4.8V5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  mark: 'M1.5 8h3L6 3.5 9.5 12.5 11 8h3.5',
};

export const stateIcons: Record<NodeState, IconName> = {
  planned: 'ring',
  running: 'running',
  passed: 'check',
  warning: 'warning',
  failed: 'cross',
  skipped: 'skip',
  'not-needed': 'dash',
  broken: 'broken',
};

export const outcomeIcons: Record<Outcome, IconName> = {
  passed: 'check',
  warning: 'warning',
  failed: 'cross',
  incomplete: 'skip',
  broken: 'broken',
};

export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const turning = name === 'running' ? 'motion-safe:animate-spin' : '';
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`size-4 shrink-0 ${turning} ${className}`}
    >
      <path d={paths[name]} />
    </svg>
  );
}
