BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ CatalogItemCount = 400; Speed = 20 }
    $vcd = $simulator.Vcd

    function Connect-Provider {
        param([hashtable] $Option = @{})
        $user = $vcd.Users | Where-Object Organization -EQ System
        Connect-Vcd $vcd.Server -Organization System -Credential $user.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy @Option
    }

    # The requests that reached the server, oldest first.
    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | ForEach-Object { "$($_.Method) $($_.Path)" })
    }

    function Get-Query {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /api/query)
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Disconnect-All {
        Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Disconnect-All
    Stop-OrchestratorSimulator $simulator
}

Describe 'Connect-Vcd and Disconnect-Vcd' {
    BeforeEach {
        Clear-Log
    }

    AfterEach {
        Clear-Log
        Disconnect-All
    }

    It 'takes the highest version and logs in where the server says' {
        $connection = Connect-TestVcd $simulator
        Get-Call | Should -Be 'GET /api/versions', 'POST /cloudapi/1.0.0/sessions'
        $connection.Name | Should -Be "alice@acme@$($vcd.Server.Authority)"
        $connection.ApiVersion | Should -Be '39.1'
        $connection.Scope | Should -Be 'acme'
        $connection.User | Should -Be 'alice'
    }

    It 'can be forced to an older version, and lists what there is' {
        (Connect-TestVcd $simulator @{ ApiVersion = '36.0' }).ApiVersion | Should -Be '36.0'
        { Connect-TestVcd $simulator @{ ApiVersion = '12.3' } } | Should -Throw '*-ApiVersion ''12.3''*39.1*' -ErrorId 'Vcd.Validation,OrchestratorTools.Vcd.ConnectVcdCommand'
    }


    It 'logs the provider in at the provider''s address' {
        (Connect-Provider).Scope | Should -Be 'System'
        Get-Call | Should -Contain 'POST /cloudapi/1.0.0/sessions/provider'
    }

    It 'takes an API token' {
        $connection = Connect-Vcd $vcd.Server -Organization acme -Token $vcd.Token -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy
        $connection.User | Should -Be 'alice'
        $connection.ExpiresAt | Should -BeOfType DateTimeOffset
        Get-Call | Should -Contain 'POST /oauth/tenant/acme/token'
        Get-VcdCatalog iso | Should -HaveCount 1
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'a user with a colon'; User = 'a:b'; Password = 'x' }
        @{ What = 'an empty password'; User = 'alice'; Password = '' }
    ) {
        $credential = [pscredential]::new($User, $(if ($Password) { ConvertTo-SecureString $Password -AsPlainText } else { [securestring]::new() }))
        { Connect-Vcd $vcd.Server -Organization acme -Credential $credential -NoProxy } | Should -Throw '-Credential*' -ErrorId 'Vcd.BadParameter,OrchestratorTools.Vcd.ConnectVcdCommand'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'says which login was refused, once and without the password' {
        $wrong = [pscredential]::new('alice', (ConvertTo-SecureString 'Wrong-Pa55word' -AsPlainText))
        Clear-Log
        $failed = { Connect-Vcd $vcd.Server -Organization acme -Credential $wrong -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy } |
            Should -Throw -ErrorId 'Vcd.Authentication,OrchestratorTools.Vcd.ConnectVcdCommand' -PassThru
        "$failed" | Should -BeLike "*'alice' in organization 'acme'*"
        $failed.CategoryInfo.Category | Should -Be 'AuthenticationError'
        ($failed | Format-List * -Force | Out-String -Width 4000) + $failed.Exception | Should -Not -BeLike '*Wrong-Pa55word*'
        (Get-Call) -like 'POST*' | Should -HaveCount 1
    }

    It 'says that another kind of server is none' {
        { Connect-Vcd $simulator.Vro.Server -Organization acme -Credential $vcd.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy } |
            Should -Throw '*vCloud Director*' -ErrorId 'Vcd.Protocol,OrchestratorTools.Vcd.ConnectVcdCommand'
    }

    It 'shows no secret under -Debug' {
        $global:DebugPreference = 'Continue'
        try {
            $said = & { Connect-TestVcd $simulator @{ Name = 'debug' }; Connect-Vcd $vcd.Server -Organization acme -Token $vcd.Token -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy } 4>&1 5>&1 | Out-String -Width 4000
        }
        finally {
            $global:DebugPreference = 'SilentlyContinue'
        }
        $said | Should -BeLike '*X-VMWARE-VCLOUD-CLIENT-REQUEST-ID*'
        foreach ($secret in $vcd.Credential.GetNetworkCredential().Password, (ConvertFrom-SecureString $vcd.Token -AsPlainText)) {
            $said | Should -Not -BeLike "*$([wildcardpattern]::Escape($secret))*"
        }
        $said | Should -Not -Match 'Bearer [A-Za-z0-9]'
        $said | Should -Not -Match 'eyJ[A-Za-z0-9]{10}'
    }

    It 'logs out at the server by the session''s id' {
        $null = Connect-TestVcd $simulator
        Disconnect-Vcd
        Get-Call | Select-Object -Last 1 | Should -BeLike 'DELETE /cloudapi/1.0.0/sessions/urn:vcloud:session:*'
        Get-OrchestratorConnection -System Vcd | Should -BeNullOrEmpty
        Disconnect-Vcd nosuch -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Authentication,OrchestratorTools.Vcd.DisconnectVcdCommand'
    }

    It 'logs nothing out with -WhatIf' {
        $null = Connect-TestVcd $simulator
        Disconnect-Vcd -WhatIf
        (Get-Call) -like 'DELETE*' | Should -BeNullOrEmpty
        Get-OrchestratorConnection -System Vcd | Should -HaveCount 1
    }

    It 'says which cmdlet connects where nothing is connected' {
        Get-VcdCatalog -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*Connect-Vcd*'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.*,OrchestratorTools.Vcd.GetVcdCatalogCommand'
    }
}

Describe 'Lists' {
    BeforeAll {
        $null = Connect-TestVcd $simulator @{ Name = 'tenant' }
        $null = Connect-Provider @{ Name = 'provider'; NotDefault = $true }
    }

    BeforeEach {
        Clear-Log
    }

    AfterAll {
        Disconnect-All
    }

    It 'organizations, by name and by id' {
        $org = Get-VcdOrg acme
        $org | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdOrg
        $org.FullName | Should -Be 'ACME Industries'
        $org.Connection | Should -Be 'tenant'
        (Get-VcdOrg -Id $org.Id).Name | Should -Be 'acme'
        (Get-VcdOrg -Id ($org.Id -replace '.*:')).Name | Should -Be 'acme'
        @(Get-VcdOrg -Connection provider).Name | Should -Contain 'globex'
        Get-VcdOrg -Id $org.Id, 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', nonsense -ErrorAction SilentlyContinue -ErrorVariable failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdOrgCommand', 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdOrgCommand'
        "$($failed[0])" | Should -BeLike '*not found, or no right to see it*'
    }

    It 'catalogs by name, any letter case, and by wildcard' {
        (Get-VcdCatalog ISO).Name | Should -Be 'iso'
        @(Get-VcdCatalog i*, temp*).Name | Should -Be 'iso', 'templates'
        (Get-Query).Count | Should -Be 2
        @(Get-VcdCatalog shared).Organization | Sort-Object | Should -Be 'acme', 'globex'
    }

    It 'catalogs of an organization, by name and by pipeline' {
        @(Get-VcdCatalog shared -Organization acme).Organization | Should -Be 'acme'
        @(Get-VcdOrg acme | Get-VcdCatalog).Organization | Sort-Object -Unique | Should -Be 'acme'
        $others = Get-VcdOrg -Connection provider | Where-Object Name -NE System
        @($others | Get-VcdCatalog shared) | Should -HaveCount 2
        @($others | Get-VcdCatalog).Connection | Sort-Object -Unique | Should -Be 'provider'
    }

    It 'names parameter and value of what is not found' {
        Get-VcdCatalog iso, nosuch, 'no*' -ErrorAction SilentlyContinue -ErrorVariable failed | Should -HaveCount 1
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdCatalogCommand'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].TargetObject | Should -Be 'nosuch'
        "$($failed[0])" | Should -BeLike "-Name 'nosuch': there is no such catalog*"
    }

    It 'items of a catalog by name, by object and by type' {
        $all = @(Get-VcdCatalogItem)
        $all.Count | Should -Be 400
        (Get-Query).Count | Should -Be 4
        @(Get-VcdCatalogItem -Type VAppTemplate).Type | Sort-Object -Unique | Should -Be 'VAppTemplate'
        $shared = Get-VcdCatalog shared -Organization globex
        $items = @($shared | Get-VcdCatalogItem)
        $items.Count | Should -BeGreaterThan 0
        $items.CatalogHref | Sort-Object -Unique | Should -Be $shared.Href
        @(Get-VcdCatalogItem -Catalog shared).Count | Should -BeGreaterThan $items.Count
        @(Get-VcdCatalogItem 'debian-12-base' -Catalog templates).Type | Should -Be 'VAppTemplate'
        Get-VcdCatalogItem debian-12-base -Type Media -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike "*'debian-12-base'*Media*"
    }

    It 'stops paging when the pipeline has enough' {
        Get-VcdCatalogItem | Select-Object -First 3 | Should -HaveCount 3
        (Get-Query).Count | Should -Be 1
    }

    It 'finds <_>' -ForEach @(
        'it''s 100% räksmörgås 数据.iso'
        'backup, weekly; (disk 1).iso'
        'tools & "drivers" <v2> [beta]*.iso'
    ) {
        @(Get-VcdCatalogItem $_).Name | Should -Be $_
        @(Get-VcdCatalogItem ([wildcardpattern]::Escape($_))).Name | Should -Be $_
        # One request, one page: the server was asked for the name, not for everything.
        (Get-Query).Count | Should -Be 2
        @(Get-Query).ResponseSize | ForEach-Object { $_ | Should -BeLessThan 4000 }
    }

    It 'asks the server for what wildcards leave open, and compares exactly here' {
        @(Get-VcdCatalogItem 'ubuntu-24.0[34].iso').Name | Should -Be 'Ubuntu-24.04.iso', 'ubuntu-24.04.iso'
        Get-VcdCatalogItem 'ubuntu-24.0[56].iso' | Should -BeNullOrEmpty
        @(Get-VcdCatalogItem '?ocky-9 (*').Name | Should -Be 'rocky-9 (hardened)'
        Get-VcdCatalogItem "line`nbreak" -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.NotFound,*'
        Get-VcdCatalogItem '[' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | Should -HaveCount 1
    }

    It 'asks several connections, and marks where each came from' {
        @(Get-VcdCatalog iso -Connection tenant, provider).Connection | Should -Be 'tenant', 'provider'
        @(Get-VcdCatalog iso -Connection *).Count | Should -Be 2
        $mine = Get-VcdCatalog iso -Connection tenant
        $mine | Get-VcdCatalogItem -Connection provider -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.ConnectionMismatch,OrchestratorTools.Vcd.GetVcdCatalogItemCommand'
    }

    It 'has views that fit' {
        foreach ($list in { Get-VcdOrg }, { Get-VcdCatalog }, { Get-VcdCatalogItem | Select-Object -First 5 }, { Get-VcdTask }) {
            $table = & $list | Out-String -Width 120
            $table | Should -Not -Match '\.\.\.\s*$'
            ($table -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
            & $list | Select-Object -First 1 | Format-List | Out-String | Should -BeLike '*Connection*:*'
        }
    }

    It 'completes names' {
        Get-Completion 'Get-VcdCatalog i' | Should -Be 'iso'
        Get-Completion 'Get-VcdOrg a' | Should -Be 'acme'
        Get-Completion 'Get-VcdCatalog -Organization a' | Should -Be 'acme'
        Get-Completion 'Get-VcdCatalogItem -Catalog temp' | Should -Be 'templates'
        Get-Completion 'Get-VcdCatalogItem -Catalog templates deb' | Should -Be 'debian-12-base'
        Get-Completion 'Send-VcdMedia x.iso -Catalog odd' | Should -Be "'odd ""names"" <a&b> ``[x``]``*'"
        Get-Completion 'Get-VcdOrg -Connection provider glo' | Should -Be 'globex'
        Get-Completion 'Get-VcdCatalog -Connection t' | Should -Be 'tenant'
    }

    It 'completes nothing, silently, where the server fails' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 500 -Path /api/query -Count 0
        try {
            $Error.Clear()
            Get-Completion 'Get-VcdOrg -Connection provider zz' | Should -BeNullOrEmpty
            $Error | Should -BeNullOrEmpty
        }
        finally {
            Clear-Log
        }
    }
}

Describe 'Tasks' {
    BeforeAll {
        $null = Connect-TestVcd $simulator
        $tasks = @(Get-VcdTask)
    }

    BeforeEach {
        Clear-Log
    }

    AfterAll {
        Disconnect-All
    }

    It 'are listed, the latest first, and read by id, address and pipeline' {
        $tasks.Count | Should -BeGreaterThan 3
        @($tasks.StartedAt) | Should -Be @($tasks.StartedAt | Sort-Object -Descending)
        $one = $tasks | Where-Object Status -EQ success | Select-Object -First 1
        foreach ($task in (Get-VcdTask $one.Id), (Get-VcdTask ($one.Id -replace '.*:')), (Get-VcdTask -Id $one.Href), ($one | Get-VcdTask)) {
            $task.Id | Should -Be $one.Id
            $task.IsFinished | Should -BeTrue
        }
        Get-VcdTask nonsense -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdTaskCommand'
    }

    It 'that ended badly are errors, with or without a reason' {
        $ended = @($tasks | Wait-VcdTask -ErrorAction SilentlyContinue -ErrorVariable failed)
        $ended.Status | Sort-Object -Unique | Should -Be 'success'
        $bad = @($tasks | Where-Object Status -NE success)
        @($failed) | Should -HaveCount $bad.Count
        $failed.FullyQualifiedErrorId | Sort-Object -Unique | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.WaitVcdTaskCommand'
        "$failed" | Should -BeLike '*gives no reason*'
        "$failed" | Should -BeLike '*was aborted*'
        @($failed.TargetObject.Id) | Sort-Object | Should -Be @($bad.Id | Sort-Object)
    }

    It 'are waited for, many at once, through an outage' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 503 -Path /api/task/* -Count 2
        $file = Join-Path $TestDrive 'wait.iso'
        Set-Content $file 'some bytes'
        $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state
        $media = 1..3 | ForEach-Object { Send-VcdMedia $file -Catalog iso -Name "wait-$_.iso" }
        @($media.Task.Status) | Should -Contain 'running'
        $done = @($media | Wait-VcdTask -Timeout 60)
        $done | Should -HaveCount 3
        $done.Status | Sort-Object -Unique | Should -Be 'success'
    }

    It 'that take too long are errors that say that they go on' {
        $file = Join-Path $TestDrive 'slow.iso'
        Set-Content $file 'some bytes'
        $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path /api/task/* -Count 0 -Body '<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="running"><Progress>7</Progress></Task>' -ContentType 'application/vnd.vmware.vcloud.task+xml'
        $media = Send-VcdMedia $file -Catalog iso
        $media | Wait-VcdTask -Timeout 1 -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Timeout,OrchestratorTools.Vcd.WaitVcdTaskCommand'
        "$($failed[0])" | Should -BeLike "*'running', 7 %*goes on at the server*"
    }
}

Describe 'Invoke-VcdRequest' {
    BeforeAll {
        $null = Connect-TestVcd $simulator
        $catalog = Get-VcdCatalog iso
        $body = '<Media xmlns="http://www.vmware.com/vcloud/v1.5" name="raw-{0}.iso" size="1" imageType="iso"/>'
    }

    BeforeEach {
        Clear-Log
    }

    AfterAll {
        Disconnect-All
    }

    It 'returns XML as a document, by path, address and pipeline' {
        foreach ($document in (Invoke-VcdRequest $catalog.Href), (Invoke-VcdRequest ([uri]$catalog.Href).AbsolutePath), ($catalog | Invoke-VcdRequest)) {
            $document.GetType() | Should -Be ([xml])
            $document.Catalog.name | Should -Be 'iso'
            $document.Connection | Should -Be $catalog.Connection
        }
    }

    It 'returns JSON as objects, and anything as text with -Raw' {
        (Invoke-VcdRequest /cloudapi/1.0.0/sessions/current).user.name | Should -Be 'alice'
        Invoke-VcdRequest /cloudapi/1.0.0/sessions/current -Raw | Should -BeLike '{*'
        Invoke-VcdRequest $catalog.Href -Raw | Should -BeLike '*<Catalog *'
    }

    It 'follows a link of what it returned' {
        $document = Invoke-VcdRequest $catalog.Href
        ($document | Invoke-VcdRequest -Rel up).Org.name | Should -Be 'acme'
        $document | Invoke-VcdRequest -Rel add -Method POST -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Ambiguous,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        "$($failed[0])" | Should -BeLike '*media+xml*-LinkType*'
        $document | Invoke-VcdRequest -Rel nosuch -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        # What a list returned has no links: the object itself is asked for them.
        ($catalog | Invoke-VcdRequest -Rel up).Org.name | Should -Be 'acme'
    }

    It 'sends a change once, with the link''s media type' {
        $document = Invoke-VcdRequest $catalog.Href
        $item = $document | Invoke-VcdRequest -Rel add -LinkType *.media+xml -Method POST -Body ([xml]($body -f 1)) -Confirm:$false
        $item.CatalogItem.name | Should -Be 'raw-1.iso'
        Clear-Log
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd LostAnswer -Method POST
        $document | Invoke-VcdRequest -Rel add -LinkType *.media+xml -Method POST -Body ($body -f 2) -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.OutcomeUnknown,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        (Get-Call) -like 'POST*' | Should -HaveCount 1
        # One whose upload has ended: the others are busy.
        Set-Content (Join-Path $TestDrive 'raw-3.iso') 'raw'
        Send-VcdMedia (Join-Path $TestDrive 'raw-3.iso') -Catalog $catalog.Name -Wait | Out-Null
        Get-VcdCatalogItem raw-3.iso -Catalog $catalog.Name | Invoke-VcdRequest -Rel remove -Method DELETE -Confirm:$false
        (Get-Call) -like 'DELETE*' | Should -HaveCount 1
    }

    It 'sends no change with -WhatIf' {
        $document = Invoke-VcdRequest $catalog.Href
        Clear-Log
        $document | Invoke-VcdRequest -Rel add -LinkType *.media+xml -Method POST -Body ($body -f 3) -WhatIf
        Invoke-VcdRequest $catalog.Href -Method DELETE -WhatIf
        Get-Call | Should -BeNullOrEmpty
    }

    It 'refuses what cannot be right' {
        { Invoke-VcdRequest $catalog.Href -Method POST -Body '<a/>' -Confirm:$false } | Should -Throw '*-ContentType*' -ErrorId 'Vcd.BadParameter,*'
        { Invoke-VcdRequest $catalog.Href -Method POST -Body '<a/>' -ContentType 'no type' -Confirm:$false } | Should -Throw '*-ContentType ''no type''*' -ErrorId 'Vcd.BadParameter,*'
        { Invoke-VcdRequest $catalog.Href -Body '<a/>' -ContentType text/xml } | Should -Throw '*-Method*' -ErrorId 'Vcd.BadParameter,*'
        'text' | Invoke-VcdRequest -Rel up -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.Validation,*'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'keeps the credentials at home' {
        $other = Start-TestSimulator
        try {
            Invoke-VcdRequest "$($other.Vcd.Server)api/org" -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Protocol,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
            Get-OrchestratorSimulatorRequest -Simulator $other Vcd | Should -BeNullOrEmpty
        }
        finally {
            Stop-OrchestratorSimulator $other
        }
    }

    It 'shows the server''s words and its id of the request' {
        Invoke-VcdRequest /api/media/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        $failed[0].Exception.ServerCode | Should -Be 'ACCESS_TO_RESOURCE_IS_FORBIDDEN'
        $failed[0].Exception.RequestId | Should -Not -BeNullOrEmpty
        "$($failed[0])" | Should -BeLike "*$($failed[0].Exception.RequestId)*"
    }
}
