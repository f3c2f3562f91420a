'use client';
/** The heading of a page. After a navigation inside the site it takes the focus, so that reading begins there. */
import { type ReactNode, useEffect, useRef } from 'react';

let arrivals = 0;

/** Focuses the heading unless it belongs to the page that the browser itself has just loaded. */
export function useHeadingFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    arrivals += 1;
    if (arrivals > 1) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

export function PageHeading({ children }: { children: ReactNode }) {
  const heading = useHeadingFocus();
  return (
    <h1 ref={heading} tabIndex={-1} className="text-2xl leading-snug font-semibold text-balance sm:text-3xl">
      {children}
    </h1>
  );
}
