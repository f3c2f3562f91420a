import type { Metadata } from 'next';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Page>
      <div className="grid max-w-[34rem] gap-4 pt-4">
        <PageHeading>There is nothing here, or not any more.</PageHeading>
        <p className="text-soft">
          A result can be seen in the browser that started it, and by a share link until the link expires or is revoked.
          Whoever sent such a link can make a new one.
        </p>
        <p>
          <a href="/" className="link">
            Start a test
          </a>
        </p>
      </div>
    </Page>
  );
}
