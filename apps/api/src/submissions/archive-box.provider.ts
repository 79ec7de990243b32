import { openArchiveBox, type ArchiveBox } from '@arena/archive/boxed';
import { Stage } from '@arena/sandbox';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

/** What reads uploads: a program in a sandbox, or where none can be made in a process with limits, which the log says. */
@Injectable()
export class UploadBox implements OnApplicationShutdown {
  private constructor(
    readonly archives: ArchiveBox,
    private readonly stage: Stage,
  ) {}

  static async open(): Promise<UploadBox> {
    const logger = new Logger('intake');
    const stage = new Stage();
    const archives = await openArchiveBox({ stage }, (reason) => {
      logger.warn(
        `uploads are read in a child process with limits, not in a sandbox: ${reason} Everything works; npx arena doctor says what to do`,
      );
    });
    if (archives.isSandboxed) logger.log('uploads are read in sandboxes');
    return new UploadBox(archives, stage);
  }

  onApplicationShutdown(): void {
    this.stage.dispose();
  }
}
