import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { createCustomer } from './createCustomer.js'
import { Customer } from './customer.entity.js'
import { CreateCustomerInput, UpdateCustomerInput } from './customerInput.js'
import { assignCustomer, deleteCustomer, updateCustomer } from './updateCustomer.js'

@ObjectType({ description: 'The customer after the change.' })
export class CustomerPayload {
  @Field(() => Customer, {
    nullable: true,
    description: 'The customer as they stand now; null where the change took them out of sight.',
  })
  customer!: Customer | null
}

@ObjectType({ description: 'What was deleted.' })
export class DeletePayload {
  @Field(() => ID, { nullable: true, description: 'Its id.' })
  id!: string | null
}

@Resolver()
export class CustomerChangesResolver {
  @Mutation(() => CustomerPayload, {
    nullable: true,
    description:
      'Makes a customer. ALREADY_OWNED where somebody else cares for that number; CONFLICT where one can see who has it.',
  })
  async createCustomer(
    @Arg('input', () => CreateCustomerInput, { description: 'The customer.' }) input: CreateCustomerInput,
    @Ctx() ctx: HubContext,
  ): Promise<CustomerPayload> {
    return { customer: await createCustomer(ctx, input) }
  }

  @Mutation(() => CustomerPayload, {
    nullable: true,
    description: 'Changes a customer. Each field given must be one that the viewer may change.',
  })
  async updateCustomer(
    @Arg('input', () => UpdateCustomerInput, { description: 'The changes.' }) input: UpdateCustomerInput,
    @Ctx() ctx: HubContext,
  ): Promise<CustomerPayload> {
    return { customer: await updateCustomer(ctx, input) }
  }

  @Mutation(() => CustomerPayload, {
    nullable: true,
    description: 'Gives a customer to somebody of the viewer’s teams, or to the pool (公海).',
  })
  async assignCustomer(
    @Arg('id', () => ID, { description: 'The customer.' }) id: string,
    @Arg('agentId', () => ID, { nullable: true, description: 'Who is to care for them; null: nobody.' }) agentId:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<CustomerPayload> {
    return { customer: await assignCustomer(ctx, id, agentId ?? null) }
  }

  @Mutation(() => DeletePayload, {
    nullable: true,
    description: 'Puts a customer away. Administrators only; nothing is destroyed.',
  })
  async deleteCustomer(
    @Arg('id', () => ID, { description: 'The customer.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<DeletePayload> {
    return { id: await deleteCustomer(ctx, id) }
  }
}
