'use client';
/** The keys of the tree, in the browser's own dialog: it closes by Escape and gives the focus back. */
import type { RefObject } from 'react';

const keys = [
  ['↑ ↓', 'Previous, next row'],
  ['→ ←', 'Open, close; into the group, out of it'],
  ['Home End', 'First, last row'],
  ['Enter Space', 'Open or close'],
  ['a … z', 'Go to the row that begins so'],
  ['f', 'Next failure'],
  ['e', 'Expand all, collapse all'],
  ['/', 'Filter'],
  ['?', 'This help'],
] as const;

export function KeyHelp({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="key-help">
      <h2 id="key-help" className="text-lg font-semibold">
        Keys in the tree
      </h2>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-[0.9375rem]">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd className="text-soft">{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="mt-5 text-right">
        <button type="submit" className="button">
          Close
        </button>
      </form>
    </dialog>
  );
}
