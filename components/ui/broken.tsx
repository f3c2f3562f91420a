'use client';
import { PageHeading } from './page-heading.tsx';

export function Broken() {
  return (
    <div className="grid max-w-[34rem] gap-4 pt-4" role="alert">
      <PageHeading>This page cannot go on.</PageHeading>
      <p className="text-soft">
        The server has most likely been updated while this page was open. A test that runs is not touched by this: after
        reloading, its result is where it was.
      </p>
      <p>
        <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </p>
    </div>
  );
}
