'use client';
/** Everything that stops the test, summed up above the form, each line leading to its field. Takes the focus when it appears. */
import { useEffect, useRef } from 'react';
import type { FormState } from './state.ts';

export function ErrorSummary({ state, id }: { state: FormState; id: string }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.errors.length > 0) summary.current?.focus();
  }, [state]);
  if (state.errors.length === 0) return null;
  return (
    <div
      ref={summary}
      tabIndex={-1}
      role="alert"
      className="rounded-md border border-bad bg-bad-tint px-4 py-3 text-[0.9375rem] wrap-anywhere"
    >
      <p className="font-semibold text-bad">The test has not been started.</p>
      <ul className="mt-1 list-disc pl-5">
        {state.errors.map((error) => (
          <li key={`${error.field} ${error.message}`}>
            {error.field === '' ? (
              error.message
            ) : (
              <a href={`#${id}-${error.field}`} className="link">
                {error.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
