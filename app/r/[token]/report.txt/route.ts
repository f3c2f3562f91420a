import { viewerAccess } from '#app/access.ts';
import { textAnswer } from '#app/result/answers.ts';

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  return textAnswer(viewerAccess(token));
}
