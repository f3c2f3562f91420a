import type { Metadata } from 'next';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Page>
      <div className="grid max-w-[34rem] gap-4 pt-4">
        <PageHeading>This link does not exist, or it has expired or was revoked.</PageHeading>
        <p className="text-soft">
          A result can be seen in the browser that started it, and by a share link while it is valid. Whoever sent the
          link can make a new one.
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
