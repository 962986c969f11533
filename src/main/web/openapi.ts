import type { AnyContractProcedure, ErrorMap } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import type { OpenAPI } from '@orpc/contract'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { auditRecordSchema } from '#shared/contract/audit.ts'
import { environmentSchema } from '#shared/contract/environments.ts'
import { contract } from '#shared/contract/index.ts'
import { jobDetailSchema, jobRowSchema, logPageSchema } from '#shared/contract/jobs.ts'
import { queueSchema } from '#shared/contract/queues.ts'
import { describeDownload } from './openapi-download.ts'

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
      const [capability, name] = operation?.operationId?.split('.') ?? []
      if (operation === undefined || capability === undefined || name === undefined) continue
      operation.tags = [capability]
      if (method === 'delete') moveBodyToQuery(operation)
      operation.parameters?.forEach(repeatLists)
      operation.responses = {
        400: { description: 'The input does not fit: data.issues says where', ...unexpected },
        401: { description: 'No access token, or a wrong one', ...unexpected },
        500: { description: 'Unexpected: data.report is found in the log', ...unexpected },
        ...operation.responses,
      }
      for (const [status, codes] of Object.entries(errorCodes(capability, name))) {
        Object.assign(operation.responses[status] ?? {}, { description: codes.join(', ') })
      }
    }
  }
  describeDownload(document)
  document.tags = Object.keys(contract).map((name) => ({ name }))
  return document
}

/** The generator's `deepObject` has a meaning for objects only; a list is its name repeated. */
function repeatLists(parameter: object): void {
  if (!('schema' in parameter) || typeof parameter.schema !== 'object') return
  const { schema } = parameter
  const isList = schema !== null && 'type' in schema && schema.type === 'array'
  if (isList) Object.assign(parameter, { style: 'form', explode: true })
}

type Parameter = NonNullable<OpenAPI.OperationObject['parameters']>[number]

/** DELETE takes its parameters from either; only a query is what every client can send with it. */
function moveBodyToQuery(operation: OpenAPI.OperationObject): void {
  const { requestBody, parameters = [] } = operation
  if (requestBody === undefined || '$ref' in requestBody) return
  const schema = requestBody.content['application/json']?.schema
  if (typeof schema !== 'object' || '$ref' in schema) return
  const { properties = {}, required = [] } = schema
  operation.parameters = [
    ...parameters,
    ...Object.entries(properties).map(
      ([name, schema]) =>
        ({ name, in: 'query', required: required.includes(name), schema }) as Parameter,
    ),
  ]
  delete operation.requestBody
}

const unexpected = {
  content: { 'application/json': { schema: { $ref: '#/components/schemas/UnexpectedError' } } },
}

/** The codes a procedure declares, by HTTP status. */
function errorCodes(capability: string, name: string): Record<string, string[]> {
  const capabilities: Record<string, Record<string, AnyContractProcedure>> = contract
  const errors: ErrorMap = capabilities[capability]?.[name]?.['~orpc'].errorMap ?? {}
  const codes: Record<string, string[]> = {}
  for (const [code, error] of Object.entries(errors)) {
    const status = String(error?.status ?? 500)
    codes[status] = [...(codes[status] ?? []), code]
  }
  return codes
}
