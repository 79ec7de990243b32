import { Module } from '@nestjs/common';
import { IntakeService } from './intake.service.ts';
import { UploadBox } from './archive-box.provider.ts';
import { SubmissionsController } from './submissions.controller.ts';

@Module({
  controllers: [SubmissionsController],
  providers: [IntakeService, { provide: UploadBox, useFactory: () => UploadBox.open() }],
  exports: [UploadBox],
})
export class SubmissionsModule {}
