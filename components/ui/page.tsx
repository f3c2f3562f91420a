/** The frame of every page: name on top, content up to 72rem, one line below. */
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface PageProps {
  children: ReactNode;
  /** What this page is about, at the right of the header. */
  about?: ReactNode;
}

export function Page({ children, about }: PageProps) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-[72rem] flex-col px-4 sm:px-6">
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:p-3">
        To the content
      </a>
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-4">
        <a href="/" className="flex items-center gap-2 font-semibold text-ink">
          <Icon name="mark" className="text-accent" />
          Throughline
        </a>
        {about !== undefined && <p className="min-w-0 text-sm text-soft">{about}</p>}
      </header>
      <main id="content" className="flex-1 pb-12">
        {children}
      </main>
      <footer className="flex flex-wrap gap-x-6 gap-y-1 border-t border-line py-4 text-sm text-soft">
        <span>Throughline tests mail systems the way a client reaches them.</span>
        <a href="/findings" className="link">
          All findings explained
        </a>
      </footer>
    </div>
  );
}
