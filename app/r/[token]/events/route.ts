import { viewerAccess } from '#app/access.ts';
import { eventsAnswer } from '#app/result/answers.ts';

export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  return eventsAnswer(request, viewerAccess(token));
}
