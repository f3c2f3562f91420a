import type { Metadata } from 'next';
import { service } from '#app/service.ts';
import { ArticleIndex } from '#components/article/article-index.tsx';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';
import { articleFolder, listArticles } from '#lib/advice/articles.ts';

export const metadata: Metadata = { title: 'All findings explained' };

export default function FindingsPage() {
  return (
    <Page>
      <div className="grid max-w-[46rem] gap-6 pt-4">
        <PageHeading>All findings explained</PageHeading>
        <ArticleIndex articles={listArticles(articleFolder(service().config.root))} />
      </div>
    </Page>
  );
}
