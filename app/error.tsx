'use client';
/** What is left when a page cannot be drawn, most likely because the server has been updated under an open tab. */
import { Broken } from '#components/ui/broken.tsx';
import { Page } from '#components/ui/page.tsx';

export default function ErrorPage() {
  return (
    <Page>
      <Broken />
    </Page>
  );
}
