// The bot's registration with Azure Bot Service, for one tenant, and its Teams channel.
//
//   az deployment group create --resource-group RG --template-file deploy/teams/bot.bicep \
//     --parameters appId=CLIENT_ID endpoint=https://bot.council.example/api/messages
//
// The app registration in Entra comes first (deploy/teams/README.md): Bicep cannot make its secret.

@description('Globally unique name of the registration.')
@minLength(4)
@maxLength(42)
param name string = 'corporate-parenting-bot'

@description('What people see.')
param displayName string = 'Corporate Parenting'

@description('Application (client) id of the app registration: CPBOT_TEAMS_CLIENT_ID.')
param appId string

@description('The tenant that the bot serves: CPBOT_TEAMS_TENANT_ID.')
param tenantId string = subscription().tenantId

@description('Where Teams sends messages: the public https address of the bot, then /api/messages.')
param endpoint string

@description('F0 is free and enough: Teams messages are not counted.')
@allowed(['F0', 'S1'])
param sku string = 'F0'

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: displayName
    endpoint: endpoint
    msaAppId: appId
    msaAppType: 'SingleTenant'
    msaAppTenantId: tenantId
    schemaTransformationVersion: '1.3'
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      enableCalling: false
      deploymentEnvironment: 'CommercialDeployment'
      acceptedTerms: true
    }
  }
}

output botName string = bot.name
