import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { auditRecordSchema } from '#shared/contract/audit.ts'
import { environmentSchema } from '#shared/contract/environments.ts'
import { contract } from '#shared/contract/index.ts'
import { jobDetailSchema, jobRowSchema, logPageSchema } from '#shared/contract/jobs.ts'
import { queueSchema } from '#shared/contract/queues.ts'

/** The OpenAPI 3.1 document of the contract, with every path relative to `/api`. */
export async function generateOpenApi(version: string) {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: {
      title: 'Vigie',
      version,
      description:
        'An operations console for BullMQ job queues. Paths ending in /live are server-sent events. Names in a path are percent-encoded: a queue called a/b is a%2Fb.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }, { session: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The access token the console printed when it started',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'vigie-{port}',
          description: 'What the browser holds once it opened the address with ?token=',
        },
      },
    },
    commonSchemas: {
      UnexpectedError: { error: 'UndefinedError' },
      AuditRecord: { schema: auditRecordSchema, strategy: 'output' },
      Environment: { schema: environmentSchema, strategy: 'output' },
      JobRow: { schema: jobRowSchema, strategy: 'output' },
      JobDetail: { schema: jobDetailSchema, strategy: 'output' },
      LogPage: { schema: logPageSchema, strategy: 'output' },
      Queue: { schema: queueSchema, strategy: 'output' },
    },
  })
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item?.[method]
      const capability = operation?.operationId?.split('.')[0]
      if (operation !== undefined && capability !== undefined) operation.tags = [capability]
    }
  }
  document.tags = Object.keys(contract).map((name) => ({ name }))
  return document
}
