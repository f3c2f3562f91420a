import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { service } from '#app/service.ts';
import { Article } from '#components/article/article.tsx';
import { Breakable } from '#components/ui/breakable.tsx';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';
import { articleFolder, listArticles, readArticle } from '#lib/advice/articles.ts';
import { actorWords, severityWords } from '#lib/result/words.ts';

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).code };
}

export default async function FindingPage({ params }: Props) {
  const folder = articleFolder(service().config.root);
  const article = readArticle(folder, (await params).code);
  if (article === null) notFound();
  const { code, severity, actor, title, spec, blocks } = article;
  return (
    <Page
      about={
        <a href="/findings" className="link">
          All findings
        </a>
      }
    >
      <article className="grid gap-2 pt-4">
        <PageHeading>{title}</PageHeading>
        <p className="flex flex-wrap gap-x-3 text-sm text-soft">
          <code>
            <Breakable text={code} />
          </code>
          <span>{severityWords[severity]}</span>
          <span>Who acts: {actorWords[actor]}</span>
          {spec !== null && <span>{spec}</span>}
        </p>
        <Article blocks={blocks} codes={new Set(listArticles(folder).map((each) => each.code))} />
      </article>
    </Page>
  );
}
