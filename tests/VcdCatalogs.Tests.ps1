# Catalogs, their items, publication, sharing and owners, and what every cmdlet has in common that starts a task at the server.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 30 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f-]{36}', 'ID')" })
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $_
        }
    }

    $script:number = 0
    function New-Name {
        param([string] $Prefix = 'catalog')
        $script:number++
        "$Prefix $number"
    }

    # The next tasks of an operation end badly.
    function Set-NextTask {
        param([hashtable] $Plan)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask $Plan
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'What starts a task' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'returns it at once, with its connection' {
        $task = New-VcdCatalog (New-Name)
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $task.Connection | Should -Be 'cloud'
        $task.OperationName | Should -Be 'catalogCreateCatalog'
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        @(Get-Change).Count | Should -Be 1
    }

    It 'follows it with -Wait and returns the finished object' {
        $name = New-Name
        $catalog = New-VcdCatalog $name -Description 'line "one" & <two>' -Wait
        $catalog | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdCatalog
        $catalog.Name | Should -Be $name
        $catalog.Description | Should -Be 'line "one" & <two>'
        $catalog.Connection | Should -Be 'cloud'
        @($catalog.Tasks | Where-Object { -not $_.IsFinished }).Count | Should -Be 0
    }

    It 'takes no -Timeout without -Wait' {
        $failed = Get-Failure { New-VcdCatalog x -Timeout 5 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'makes an error of a task that ends as <State>, with its reason' -ForEach @(
        @{ State = 'error'; Said = "*failed: The storage is full (NO_SPACE)*" }
        @{ State = 'error'; Bare = $true; Said = '*failed; the server gives no reason*' }
        # From 39.1 on servers call it aborted.
        @{ State = 'canceled'; Said = '*was [ac]*ed; the server gives no reason*' }
        @{ State = 'aborted'; Said = '*was aborted; the server gives no reason*' }
    ) {
        $plan = @{ operationName = 'catalogCreateCatalog'; state = $State }
        if ($State -eq 'error' -and -not $Bare) {
            $plan.error = @{ majorErrorCode = 500; minorErrorCode = 'NO_SPACE'; message = 'The storage is full.' }
        }
        Set-NextTask $plan
        $failed = Get-Failure { New-VcdCatalog (New-Name) -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        "$failed" | Should -BeLike $Said
        $failed.Exception.Message | Should -BeLike '*urn:vcloud:task:*'
    }

    It 'sends a change whose answer is lost once, and says which cmdlet shows the outcome' {
        $name = New-Name
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd LostAnswer -Method POST -Path */catalogs
        $failed = Get-Failure { New-VcdCatalog $name -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.OutcomeUnknown,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        "$failed" | Should -BeLike '*not sent again*Get-VcdCatalog*'
        $failed.TargetObject | Should -Be $name
        @(Get-Change).Count | Should -Be 1
        (Get-VcdCatalog $name).Name | Should -Be $name
    }

    It 'asks again where the server has no room, and says so in -Verbose' {
        $body = '<Error xmlns="http://www.vmware.com/vcloud/v1.5" majorErrorCode="400" minorErrorCode="OPERATION_LIMITS_EXCEEDED" message="The maximum number of simultaneous operations has been reached."/>'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Body $body -ContentType application/vnd.vmware.vcloud.error+xml -Method POST -Path */catalogs
        $said = New-VcdCatalog (New-Name) -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -BeLike '*as many operations as it may*asked again in 3 s*'
        @(Get-Change).Count | Should -Be 2
    }

    It 'says what to do where a task is at work on the object' {
        $name = New-Name
        $catalog = New-VcdCatalog $name -Wait
        $body = '<Error xmlns="http://www.vmware.com/vcloud/v1.5" majorErrorCode="400" minorErrorCode="BUSY_ENTITY" message="The entity is busy completing an operation."/>'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Body $body -ContentType application/vnd.vmware.vcloud.error+xml -Method DELETE
        $failed = Get-Failure { Remove-VcdCatalog $name -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdCatalogCommand'
        "$failed" | Should -BeLike '*busy*Get-VcdTask*'
        $failed.TargetObject.Name | Should -Be $name
        $null = $catalog | Remove-VcdCatalog -Wait -Confirm:$false
    }

    It 'gives up waiting after -Timeout, and says that the task goes on' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path /api/task/* -Count 0 -Body '<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="running" operation="Working"><Progress>7</Progress></Task>' -ContentType application/vnd.vmware.vcloud.task+xml
        $failed = Get-Failure { New-VcdCatalog (New-Name) -Wait -Timeout 1 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Timeout,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        "$failed" | Should -BeLike "*within 1 seconds*'running', 7 %*goes on at the server*"
    }

    It 'shows a progress bar while it waits' {
        $begun = Start-AtHost "New-VcdCatalog '$(New-Name)' -Wait -Connection cloud"
        $ended = Complete-AtHost $begun
        $ended.Errors | Should -BeNullOrEmpty
        @($ended.Progress | Where-Object Activity -EQ 'Tasks') | Should -Not -BeNullOrEmpty
        @($ended.Progress)[-1].RecordType | Should -Be 'Completed'
    }

    It 'is stopped at once by Ctrl+C, and says what goes on at the server' {
        $name = New-Name
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path /api/task/* -Count 0 -Body '<Task xmlns="http://www.vmware.com/vcloud/v1.5" status="running" operation="Working"/>' -ContentType application/vnd.vmware.vcloud.task+xml
        $begun = Start-AtHost "New-VcdCatalog '$name' -Wait -Connection cloud"
        Wait-Until { @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /api/task/*).Count -gt 0 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "*Making catalog '$name' goes on at the server*Get-VcdTask urn:vcloud:task:*Stop-VcdTask*"
    }

    It 'says that the outcome is unknown where it is stopped before the answer' {
        $name = New-Name
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 3000 -Method POST -Path */catalogs
        $begun = Start-AtHost "New-VcdCatalog '$name' -Connection cloud"
        Wait-Until { @(Get-Change).Count -gt 0 }
        $begun.Shell.Stop()
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "*Making catalog '$name'*whether it was taken is unknown*"
    }

    It 'works at several objects at once, and goes on after one that fails' {
        $names = 1..4 | ForEach-Object { New-Name bulk }
        $names | ForEach-Object { $null = New-VcdCatalog $_ -Wait }
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 500 -Method DELETE
        $removed = Get-VcdCatalog bulk* | Remove-VcdCatalog -Wait -ThrottleLimit 3 -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        @($removed).Count | Should -Be 3
        @($failed).Count | Should -Be 1
        @(Get-Change).Count | Should -Be 4
        @(Get-VcdCatalog bulk*).Count | Should -Be 1
    }

    It 'acts at the server that an object came from, and only there' {
        $catalog = Get-VcdCatalog iso
        $failed = Get-Failure { $catalog | Set-VcdCatalog -Description x -Connection provider }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.ConnectionMismatch,OrchestratorTools.Vcd.SetVcdCatalogCommand'
        $failed = Get-Failure { Get-VcdCatalogItem debian-12-base | Copy-VcdCatalogItem -ToCatalog (Get-VcdCatalog iso -Organization acme -Connection provider) }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.ConnectionMismatch,OrchestratorTools.Vcd.CopyVcdCatalogItemCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'sends nothing with -WhatIf: <Name>' -ForEach @(
        @{ Name = 'New-VcdCatalog'; Script = { New-VcdCatalog x -WhatIf } }
        @{ Name = 'Set-VcdCatalog'; Script = { Set-VcdCatalog iso -Description x -WhatIf } }
        @{ Name = 'Remove-VcdCatalog'; Script = { Remove-VcdCatalog iso -Force -WhatIf } }
        @{ Name = 'Add-VcdCatalogItem'; Script = { Get-VcdMedia -Catalog iso | Select-Object -First 1 | Add-VcdCatalogItem -Catalog templates -WhatIf } }
        @{ Name = 'Copy-VcdCatalogItem'; Script = { Copy-VcdCatalogItem debian-12-base -ToCatalog iso -WhatIf } }
        @{ Name = 'Move-VcdCatalogItem'; Script = { Move-VcdCatalogItem debian-12-base -ToCatalog iso -WhatIf } }
        @{ Name = 'Remove-VcdCatalogItem'; Script = { Remove-VcdCatalogItem debian-12-base -WhatIf } }
        @{ Name = 'Remove-VcdMedia'; Script = { Remove-VcdMedia rocky-9.4-x86_64-minimal.iso -WhatIf } }
        @{ Name = 'Remove-VcdTemplate'; Script = { Remove-VcdTemplate debian-12-base -WhatIf } }
        @{ Name = 'Publish-VcdCatalog'; Script = { Publish-VcdCatalog iso -WhatIf; Publish-VcdCatalog iso -AllOrganizations -WhatIf } }
        @{ Name = 'Unpublish-VcdCatalog'; Script = { Unpublish-VcdCatalog iso -WhatIf; Unpublish-VcdCatalog iso -AllOrganizations -WhatIf } }
        @{ Name = 'Register-VcdCatalogSubscription'; Script = { Register-VcdCatalogSubscription x https://other.example.com/ -WhatIf; Register-VcdCatalogSubscription -Catalog iso -Url https://other.example.com/ -WhatIf } }
        @{ Name = 'Sync-VcdCatalog'; Script = { Sync-VcdCatalog iso -WhatIf; Sync-VcdCatalog templates -Item debian-12-base -WhatIf } }
        @{ Name = 'Set-VcdAccess'; Script = { Get-VcdCatalog iso | Set-VcdAccess -ToEveryone ReadOnly -WhatIf } }
        @{ Name = 'Set-VcdOwner'; Script = { Get-VcdCatalog iso | Set-VcdOwner -Owner bob -WhatIf } }
    ) {
        & $Script
        Get-Change | Should -BeNullOrEmpty
    }

    It 'asks before it removes, and names what goes: <Name>' -ForEach @(
        @{ Name = 'Remove-VcdCatalog'; Script = 'Remove-VcdCatalog templates -Force'; Asked = "*Remove (with its 3 items; it cannot be undone)*catalog 'templates' of organization 'acme'*" }
        @{ Name = 'Remove-VcdCatalogItem'; Script = 'Remove-VcdCatalogItem debian-12-base'; Asked = "*with the vApp template that it stands for; it cannot be undone*item 'debian-12-base' of catalog 'templates'*" }
        @{ Name = 'Remove-VcdMedia'; Script = 'Remove-VcdMedia rocky-9.4-x86_64-minimal.iso'; Asked = "*cannot be undone*media 'rocky-9.4-x86_64-minimal.iso' of catalog 'iso'*" }
        @{ Name = 'Remove-VcdTemplate'; Script = 'Remove-VcdTemplate debian-12-base'; Asked = "*cannot be undone*vApp template 'debian-12-base' of catalog 'templates'*" }
    ) {
        $ended = Complete-AtHost (Start-AtHost "$Script -Connection cloud" -Answer 2)
        $ended.Questions | Should -HaveCount 1
        "$($ended.Questions)" | Should -BeLike $Asked
        $ended.Errors | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Catalogs' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are made with a storage profile, by name' {
        $storage = @(Get-VcdStorageProfile)[0]
        $catalog = New-VcdCatalog (New-Name) -StorageProfile $storage -Wait
        $catalog.StorageProfiles.Href | Should -Be $storage.Href
        $failed = Get-Failure { New-VcdCatalog x -StorageProfile 'no such' }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        "$failed" | Should -BeLike "*-StorageProfile 'no such'*storage profile*Get-VcdStorageProfile*"
    }

    It 'have unique names' {
        $failed = Get-Failure { New-VcdCatalog iso -Wait }
        $failed.FullyQualifiedErrorId | Should -BeLike 'Vcd.Conflict,*'
    }

    It 'are made by the provider in an organization that is named' {
        $failed = Get-Failure { New-VcdCatalog x -Connection provider }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdCatalogCommand'
        "$failed" | Should -BeLike '*-Organization is needed*'
        $name = New-Name
        $null = New-VcdCatalog $name -Organization globex -Wait -Connection provider
        (Get-VcdCatalog $name -Connection provider).Organization | Should -Be 'globex'
        $other = New-Name
        $null = Get-VcdOrg globex -Connection provider | New-VcdCatalog $other -Wait
        (Get-VcdCatalog $other -Connection provider).Organization | Should -Be 'globex'
    }

    It 'are renamed and described, and keep what is not named' {
        $catalog = New-VcdCatalog (New-Name) -Description before -Wait
        $name = New-Name renamed
        $changed = $catalog | Set-VcdCatalog -Name $name -Wait
        $changed.Name | Should -Be $name
        $changed.Description | Should -Be 'before'
        $changed.Id | Should -Be $catalog.Id
        (Set-VcdCatalog $name -Description '' -Wait).Description | Should -BeNullOrEmpty
        (Get-Failure { Set-VcdCatalog iso }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdCatalogCommand'
        (Get-Failure { Set-VcdCatalog iso, templates -Name x -WhatIf }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdCatalogCommand'
    }

    It 'that have items are removed with -Force only' {
        $name = New-Name full
        $catalog = New-VcdCatalog $name -Wait
        $null = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $catalog -Wait
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { Remove-VcdCatalog $name -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.RemoveVcdCatalogCommand'
        "$failed" | Should -BeLike "*'$name' has 1 item*-Force*"
        Get-Change | Should -BeNullOrEmpty
        $null = Remove-VcdCatalog $name -Force -Wait -Confirm:$false
        @(Get-VcdCatalog).Name | Should -Not -Contain $name
    }

    It 'of one name are told apart' {
        $failed = Get-Failure { Set-VcdCatalog shared -Description x -Connection provider }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Ambiguous,OrchestratorTools.Vcd.SetVcdCatalogCommand'
        "$failed" | Should -BeLike "*'shared' of organization 'acme', 'shared' of organization 'globex'*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'of others say that they may not be changed' {
        $failed = Get-Failure { Set-VcdCatalog published -Description x }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.SetVcdCatalogCommand'
        "$failed" | Should -BeLike "*'published'*owner*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are taken by id and by address' {
        $catalog = New-VcdCatalog (New-Name) -Wait
        (Set-VcdCatalog $catalog.Id -Description 'by id' -Wait).Description | Should -Be 'by id'
        (Set-VcdCatalog $catalog.Href -Description 'by address' -Wait).Description | Should -Be 'by address'
    }

    It 'complete by name' {
        (TabExpansion2 'Remove-VcdCatalog templ' 23).CompletionMatches.CompletionText | Should -Contain 'templates'
        (TabExpansion2 'New-VcdCatalog x -StorageProfile ' 33).CompletionMatches.CompletionText | Should -Not -BeNullOrEmpty
    }
}

Describe 'Catalog items' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are copied, under their own name or another' {
        $target = New-VcdCatalog (New-Name target) -Wait
        $copy = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $target -Name 'a & b' -Description why -Wait
        $copy | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdCatalogItem
        $copy.Name | Should -Be 'a & b'
        $copy.Description | Should -Be 'why'
        $copy.Type | Should -Be 'VAppTemplate'
        @(Get-VcdCatalogItem -Catalog templates).Name | Should -Contain 'debian-12-base'
        $task = Get-VcdMedia rocky-9.4-x86_64-minimal.iso -Catalog iso | Copy-VcdCatalogItem -ToCatalog $target
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        @(Get-VcdCatalogItem -Catalog $target).Name | Sort-Object | Should -Be 'a & b', 'rocky-9.4-x86_64-minimal.iso'
        (Get-Failure { 'a', 'b' | Copy-VcdCatalogItem -ToCatalog iso -Name x -WhatIf }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.CopyVcdCatalogItemCommand'
    }

    It 'are moved' {
        $target = New-VcdCatalog (New-Name target) -Wait
        $null = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $target -Name wanderer -Wait
        $there = New-VcdCatalog (New-Name target) -Wait
        $item = Get-VcdCatalogItem wanderer | Move-VcdCatalogItem -ToCatalog $there -Wait
        $item.Name | Should -Be 'wanderer'
        @(Get-VcdCatalogItem -Catalog $target).Count | Should -Be 0
        (Get-VcdCatalogItem wanderer).Catalog | Should -Be $there.Name
    }

    It 'of one name are told apart by -Catalog' {
        $failed = Get-Failure { Remove-VcdCatalogItem ubuntu-24.04.iso -Catalog iso -WhatIf }
        $failed | Should -BeNullOrEmpty -Because 'the letter case tells which is meant'
        $failed = Get-Failure { Remove-VcdCatalogItem UBUNTU-24.04.ISO -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Ambiguous,OrchestratorTools.Vcd.RemoveVcdCatalogItemCommand'
        "$failed" | Should -BeLike "*'Ubuntu-24.04.iso' in catalog 'iso', 'ubuntu-24.04.iso' in catalog 'iso'*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are removed with what they stand for' {
        $target = New-VcdCatalog (New-Name target) -Wait
        $copy = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $target -Name gone-1 -Wait
        $null = $copy | Remove-VcdCatalogItem -Wait -Confirm:$false
        @(Get-VcdTemplate -Catalog $target).Count | Should -Be 0
        $null = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $target -Name gone-2 -Wait
        $ended = Remove-VcdTemplate gone-2 -Wait -Confirm:$false
        $ended | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $ended.Status | Should -Be 'success'
        $null = Get-VcdMedia rocky-9.4-x86_64-minimal.iso -Catalog iso | Copy-VcdCatalogItem -ToCatalog $target -Name gone-3 -Wait
        $null = Get-VcdCatalogItem gone-3 | Remove-VcdMedia -Wait -Confirm:$false
        @(Get-VcdCatalogItem -Catalog $target).Count | Should -Be 0
    }

    It 'of subscribed catalogs and of others cannot be removed' {
        $failed = Get-Failure { Get-VcdCatalogItem -Catalog published | Remove-VcdCatalogItem -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.RemoveVcdCatalogItemCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are added for media and templates only' {
        $failed = Get-Failure { Get-VcdCatalog iso | Add-VcdCatalogItem -Catalog templates }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.AddVcdCatalogItemCommand'
        "$failed" | Should -BeLike "*'iso' is a catalog*"
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Publication' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'to other clouds has an address, and a password that no stream shows' {
        $catalog = New-VcdCatalog (New-Name out) -Wait
        $secret = 'Pa55-w0rd-of-publication'
        $said = $catalog | Publish-VcdCatalog -Password (ConvertTo-SecureString $secret -AsPlainText) -PreserveIdentity -PassThru -Verbose -Debug *>&1
        $published = $said | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdCatalog] }
        $published.IsPublishedExternally | Should -BeTrue
        $published.PublishedUrl | Should -BeLike 'https://*'
        ($said | Out-String -Width 500) | Should -Not -BeLike "*$secret*"
        $body = (Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path *publishToExternalOrganizations).Body
        $body | Should -BeLike "*<Password>$secret</Password><PreserveIdentityInfoFlag>true*"
        ($catalog | Unpublish-VcdCatalog -PassThru).IsPublishedExternally | Should -BeFalse
    }

    It 'to all organizations is seen in the list' {
        $catalog = New-VcdCatalog (New-Name all) -Wait
        $catalog | Publish-VcdCatalog -AllOrganizations
        (Get-VcdCatalog $catalog.Name).IsPublished | Should -BeTrue
        $catalog | Unpublish-VcdCatalog -AllOrganizations
        (Get-VcdCatalog $catalog.Name).IsPublished | Should -BeFalse
    }

    It 'is subscribed to and synchronized' {
        $source = New-VcdCatalog (New-Name source) -Wait
        $null = Copy-VcdCatalogItem debian-12-base -Catalog templates -ToCatalog $source -Wait
        $url = ($source | Publish-VcdCatalog -PassThru).PublishedUrl
        $subscribed = Register-VcdCatalogSubscription (New-Name subscribed) $url -LocalCopy -Wait
        $subscribed.IsSubscribed | Should -BeTrue
        $subscribed.SubscribedTo | Should -Be $url
        $after = $subscribed | Sync-VcdCatalog -Wait
        $after | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdCatalog
        $after.Items.Name | Should -Be 'debian-12-base'
        $item = Get-VcdCatalogItem -Catalog $subscribed
        ($item | Sync-VcdCatalog -Wait) | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdCatalogItem
        (Get-Failure { $item | Remove-VcdCatalogItem -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'Vcd.Permission,*'
    }

    It 'is needed for a synchronization' {
        $failed = Get-Failure { Sync-VcdCatalog iso }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.SyncVcdCatalogCommand'
        "$failed" | Should -BeLike '*Register-VcdCatalogSubscription*'
    }

    It 'has a real address' {
        (Get-Failure { Register-VcdCatalogSubscription x 'not an address' }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.RegisterVcdCatalogSubscriptionCommand'
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Sharing' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'with everyone, users and organizations leaves the others as they are' {
        $catalog = New-VcdCatalog (New-Name shared) -Wait
        @($catalog | Get-VcdAccess).Count | Should -Be 0
        $grant = $catalog | Set-VcdAccess -ToUser bob Change -PassThru
        $grant | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdAccess
        "$($grant.SubjectType) $($grant.Subject) $($grant.Level)" | Should -Be 'User bob Change'
        # With single organizations the provider shares.
        $same = Get-VcdCatalog $catalog.Name -Connection provider
        $same | Set-VcdAccess -ToOrganization globex ReadOnly
        $catalog | Set-VcdAccess -ToUser bob FullControl
        @($catalog | Get-VcdAccess | ForEach-Object { "$($_.SubjectType) $($_.Level)" } | Sort-Object) | Should -Be 'Organization ReadOnly', 'User FullControl'
        $catalog | Set-VcdAccess -ToUser bob None
        @($catalog | Get-VcdAccess).SubjectType | Should -Be 'Organization'
        @(Get-VcdCatalog $catalog.Name -Organization acme -Connection provider | Get-VcdAccess).Subject | Should -Be 'globex'
        $catalog.Connection | Should -Be 'cloud'
        $null = $catalog | Set-VcdAccess -ToEveryone ReadOnly -PassThru
        @($catalog | Get-VcdAccess | Where-Object SubjectType -EQ Everyone).Level | Should -Be 'ReadOnly'
        $catalog | Set-VcdAccess -ToEveryone None
        @($catalog | Get-VcdAccess | Where-Object SubjectType -EQ Everyone).Count | Should -Be 0
    }

    It 'of vApps goes the same way' {
        $vapp = @(Get-VcdVApp)[0]
        $vapp | Set-VcdAccess -ToEveryone ReadOnly
        ($vapp | Get-VcdAccess | Where-Object SubjectType -EQ Everyone).Level | Should -Be 'ReadOnly'
        (Get-Failure { $vapp | Set-VcdAccess -ToOrganization acme ReadOnly }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SetVcdAccessCommand'
        $vapp | Set-VcdAccess -ToEveryone None
    }

    It 'cannot be ended with somebody with whom there is none' {
        $failed = Get-Failure { Get-VcdCatalog templates | Set-VcdAccess -ToUser bob None }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.SetVcdAccessCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'with somebody who is not there says so' {
        $failed = Get-Failure { Get-VcdCatalog templates | Set-VcdAccess -ToUser nobody ReadOnly }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.SetVcdAccessCommand'
        "$failed" | Should -BeLike "*-ToUser 'nobody'*there is no such user*"
        (Get-Failure { @(Get-VcdMedia -Catalog iso)[0] | Set-VcdAccess -ToEveryone ReadOnly }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SetVcdAccessCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'shows as a table that fits' {
        $catalog = New-VcdCatalog (New-Name shown) -Wait
        $catalog | Set-VcdAccess -ToUser bob Change -PassThru | Out-String -Width 120 | Should -BeLike '*SubjectType*bob*Change*'
    }
}

Describe 'Owners' {
    It 'are shown and changed' {
        $catalog = New-VcdCatalog (New-Name owned) -Wait
        $owner = $catalog | Get-VcdOwner
        $owner | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdOwner
        $owner.Owner | Should -Be (Get-OrchestratorConnection cloud).User
        ($catalog | Set-VcdOwner -Owner bob -PassThru).Owner | Should -Be 'bob'
        ($catalog | Get-VcdOwner).Owner | Should -Be 'bob'
        $owner | Out-String -Width 120 | Should -BeLike '*Name*Owner*'
    }

    It 'of media cannot be changed' {
        $failed = Get-Failure { @(Get-VcdMedia -Catalog iso)[0] | Set-VcdOwner -Owner bob }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.SetVcdOwnerCommand'
        "$failed" | Should -BeLike '*media cannot*'
    }

    It 'are told by ids too, but not by bare names' {
        (Get-VcdOwner (Get-VcdCatalog iso).Id).Name | Should -Be 'iso'
        { Get-VcdOwner iso } | Should -Throw '*a name alone does not say what kind*'
    }
}
