import type { ErrorView } from '@arena/contracts';
import { ApiProperty } from '@nestjs/swagger';

export class ErrorDto implements ErrorView {
  @ApiProperty({ type: String, example: 'archive_not_gzip', description: 'Stable, for programs.' })
  code!: string;

  @ApiProperty({ type: String, description: 'What happened, whose fault it was, what to do next.' })
  message!: string;
}
