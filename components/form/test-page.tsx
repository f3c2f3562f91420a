/** A page with one form: what the test does, then what it asks, in one column. */
import type { ReactNode } from 'react';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';

export function TestPage({ title, does, children }: { title: string; does: string; children: ReactNode }) {
  return (
    <Page>
      <div className="grid max-w-[34rem] gap-6 pt-4">
        <div className="grid gap-2">
          <PageHeading>{title}</PageHeading>
          <p className="text-soft">{does}</p>
        </div>
        {children}
      </div>
    </Page>
  );
}
