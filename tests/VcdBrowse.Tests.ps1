BeforeDiscovery {
    $script:kinds = @(
        @{ Noun = 'VcdOrg'; Class = 'VcdOrg'; Urn = 'org' }
        @{ Noun = 'VcdVdc'; Class = 'VcdVdc'; Urn = 'vdc' }
        @{ Noun = 'VcdCatalog'; Class = 'VcdCatalog'; Urn = 'catalog' }
        @{ Noun = 'VcdCatalogItem'; Class = 'VcdCatalogItem'; Urn = 'catalogitem' }
        @{ Noun = 'VcdMedia'; Class = 'VcdMedia'; Urn = 'media' }
        @{ Noun = 'VcdTemplate'; Class = 'VcdTemplate'; Urn = 'vapptemplate' }
        @{ Noun = 'VcdVApp'; Class = 'VcdVApp'; Urn = 'vapp' }
        @{ Noun = 'VcdVM'; Class = 'VcdVM'; Urn = 'vm' }
        @{ Noun = 'VcdNetwork'; Class = 'VcdNetwork'; Urn = 'network' }
        @{ Noun = 'VcdDisk'; Class = 'VcdDisk'; Urn = 'disk' }
        @{ Noun = 'VcdStorageProfile'; Class = 'VcdStorageProfile'; Urn = 'vdcstorageProfile' }
        @{ Noun = 'VcdUser'; Class = 'VcdUser'; Urn = 'user' }
        @{ Noun = 'VcdGroup'; Class = 'VcdGroup'; Urn = 'group' }
        @{ Noun = 'VcdRole'; Class = 'VcdRole'; Urn = 'role' }
        @{ Noun = 'VcdEdgeGateway'; Class = 'VcdEdgeGateway'; Urn = 'gateway' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ CatalogItemCount = 300; Speed = 20 }
    $vcd = $simulator.Vcd
    $null = Connect-TestVcd $simulator @{ Name = 'tenant' }
    $root = $vcd.Users | Where-Object Organization -EQ System
    $null = Connect-Vcd $vcd.Server -Organization System -Credential $root.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault

    # The queries that reached the server, oldest first.
    function Get-Query {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -Like '*/query')
    }

    function Get-Read {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -NotLike '*/query')
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }

    # What the service's own filter of a query says.
    function Get-Filter {
        [Web.HttpUtility]::ParseQueryString((Get-Query)[-1].Query)['filter']
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Get-<Noun>' -ForEach $kinds {
    BeforeAll {
        $cmdlet = "Get-$Noun"
        $all = @(& $cmdlet)
    }

    BeforeEach {
        Clear-Log
    }

    It 'lists through the query service: one request for 128' {
        $all = @(& $cmdlet)
        $all.Count | Should -BeGreaterThan 0
        $all | Should -BeOfType "OrchestratorTools.Clients.Vcd.$Class"
        Get-Query | Should -HaveCount ([Math]::Ceiling($all.Count / 128))
        Get-Read | Should -BeNullOrEmpty
        $all.Id | ForEach-Object { $_ | Should -BeLike "urn:vcloud:${Urn}:*-*-*-*-*" }
        @($all.Id | Sort-Object -Unique).Count | Should -Be $all.Count
        $all.Connection | Sort-Object -Unique | Should -Be 'tenant'
        $all.Href | ForEach-Object { $_ | Should -BeLike "$($vcd.Server)*" }
    }

    It 'stops asking when enough was taken' {
        $null = & $cmdlet | Select-Object -First 1
        Get-Query | Should -HaveCount 1
    }

    It 'finds each by its name, whatever the name holds' {
        foreach ($name in @($all.Name | Sort-Object -Unique -CaseSensitive | Where-Object { $_ -notmatch '^[\w-]+$' } | Select-Object -First 8) + $all[0].Name) {
            $found = @(& $cmdlet ([wildcardpattern]::Escape($name)))
            $found.Name | Sort-Object -Unique | Should -Be $name -Because 'names do not regard letter case'
            # As it stands it means itself, too; brackets in it are then also a pattern.
            @(& $cmdlet $name).Id | Should -Contain $found[0].Id
            if ($name -ne '*') {
                Get-Filter | Should -BeLike '*name==*'
            }
        }
    }

    It 'takes wildcards and several names, and says which name is none' {
        $first = $all[0].Name
        $pattern = "*$([wildcardpattern]::Escape($first.Substring(1)))"
        @(& $cmdlet $pattern).Id | Should -Contain $all[0].Id
        $found = @(& $cmdlet ([wildcardpattern]::Escape($first)), 'no-such-name', 'none-*' -ErrorAction SilentlyContinue -ErrorVariable failed)
        $found.Id | Should -Contain $all[0].Id
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -Be "Vcd.NotFound,OrchestratorTools.Vcd.Get${Noun}Command"
        "$($failed[0])" | Should -BeLike "*'no-such-name'*"
    }

    It 'reads one by id, UUID or address: its links, and what the list said' {
        $one = $all[-1]
        foreach ($id in $one.Id, $one.Id.Split(':')[-1], $one.Href) {
            Clear-Log
            $read = & $cmdlet -Id $id
            $read.Name | Should -Be $one.Name
            $read.Id | Should -Be $one.Id
            $read.Links.Count | Should -BeGreaterOrEqual ([int]($Noun -ne 'VcdRole'))
            Get-Query | Should -BeNullOrEmpty
            Get-Read | Should -HaveCount 1
        }
        & $cmdlet -Id "urn:vcloud:${Urn}:00000000-1111-4222-8333-444444444444" -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be "Vcd.NotFound,OrchestratorTools.Vcd.Get${Noun}Command"
        & $cmdlet -Id 'nonsense' -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be "Vcd.Validation,OrchestratorTools.Vcd.Get${Noun}Command"
    }

    It 'reads the whole representation with -Detailed, and loses nothing that the list says' {
        $names = $all | Select-Object -First 3 | ForEach-Object { [wildcardpattern]::Escape($_.Name) }
        $listed = @(& $cmdlet $names)
        Clear-Log
        $detailed = @(& $cmdlet $names -Detailed)
        Get-Read | Should -HaveCount $listed.Count
        $detailed.Id | Should -Be $listed.Id
        for ($i = 0; $i -lt $listed.Count; $i++) {
            $detailed[$i].Links.Count | Should -BeGreaterOrEqual ([int]($Noun -ne 'VcdRole'))
            foreach ($property in $listed[$i].PSObject.Properties | Where-Object { $null -ne $_.Value -and $_.Name -notin 'Href', 'Links', 'Tasks', 'AdditionalProperties' -and ($_.Value -isnot [Collections.IEnumerable] -or $_.Value -is [string]) }) {
                $detailed[$i].$($property.Name) | Should -Be $property.Value -Because "$($property.Name) of $($listed[$i].Name)"
            }
        }
    }

    It 'completes names' {
        $name = @($all.Name | Where-Object { $_ -match '^[\w-]+$' })[0] ?? $all[0].Name
        $word = $name.Substring(0, 1) -replace '\W', "'"
        Get-Completion "$cmdlet $word" | Should -Not -BeNullOrEmpty
    }

    It 'shows a provider all organizations'' objects' {
        @(& $cmdlet -Connection provider).Count | Should -BeGreaterOrEqual 1
        @(& $cmdlet -Connection provider).Connection | Sort-Object -Unique | Should -Be 'provider'
    }
}

Describe 'What belongs to what' {
    BeforeEach {
        Clear-Log
    }

    It 'lists <Child> of <Parent> in one request, by the parent''s id' -ForEach @(
        @{ Parent = 'VcdVdc'; Child = 'VcdVApp'; Href = 'VdcHref'; Field = 'vdcName' }
        @{ Parent = 'VcdVdc'; Child = 'VcdNetwork'; Href = 'VdcHref'; Field = 'vdcName' }
        @{ Parent = 'VcdVdc'; Child = 'VcdDisk'; Href = 'VdcHref'; Field = 'vdcName' }
        @{ Parent = 'VcdVdc'; Child = 'VcdStorageProfile'; Href = 'VdcHref'; Field = 'vdcName' }
        @{ Parent = 'VcdVdc'; Child = 'VcdEdgeGateway'; Href = 'VdcHref'; Field = 'orgVdcName' }
        @{ Parent = 'VcdVdc'; Child = 'VcdTemplate'; Href = 'VdcHref'; Field = 'vdcName' }
        @{ Parent = 'VcdCatalog'; Child = 'VcdCatalogItem'; Href = 'CatalogHref'; Field = 'catalogName' }
        @{ Parent = 'VcdCatalog'; Child = 'VcdMedia'; Href = 'CatalogHref'; Field = 'catalogName' }
        @{ Parent = 'VcdVApp'; Child = 'VcdVM'; Href = 'VAppHref'; Field = 'containerName' }
    ) {
        # What others share lies in their virtual data centers, which this user cannot see.
        $seen = (& "Get-$Parent").Href | ForEach-Object { $_.Split('/')[-1] }
        $expected = @(& "Get-$Child" | Where-Object $Href | Where-Object { $_.$Href.Split('/')[-1] -in $seen })
        $expected.Count | Should -BeGreaterThan 0
        # Wherever there are two: "web" and "WEB" differ in nothing but their ids.
        foreach ($group in $expected | Group-Object { $_.$Href.Split('/')[-1] } | Select-Object -First 4) {
            $owner = & "Get-$Parent" -Id $group.Group[0].$Href
            Clear-Log
            $found = @($owner | & "Get-$Child")
            $found.Id | Sort-Object | Should -Be @($group.Group.Id | Sort-Object)
            Get-Read | Should -BeNullOrEmpty
            Get-Query | Should -HaveCount ([Math]::Max(1, [Math]::Ceiling($found.Count / 128)))
            Get-Filter | Should -BeLike "*$Field==*"
        }
    }

    It 'takes names of parents, with wildcards, and objects' {
        $vapps = @(Get-VcdVApp)
        $vdc = Get-VcdVdc | Where-Object Name -EQ $vapps[0].Vdc
        @(Get-VcdVApp -Vdc $vdc.Name).Id | Should -Be @($vapps | Where-Object Vdc -EQ $vdc.Name).Id
        @(Get-VcdVApp -Vdc $vdc).Id | Should -Be @($vapps | Where-Object Vdc -EQ $vdc.Name).Id
        @(Get-VcdVApp -Vdc '*').Count | Should -Be $vapps.Count
        @(Get-VcdVM -VApp $vapps[0].Name, $vapps[1].Name).VApp | Sort-Object -Unique | Should -BeIn $vapps[0].Name, $vapps[1].Name
        @(Get-VcdTemplate -Catalog templates -Vdc $vdc.Name).Catalog | Sort-Object -Unique | Should -Be 'templates'
    }

    It 'says that a parent does not exist, and stays silent where it is only empty' {
        Get-VcdVApp -Vdc no-such-vdc -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdVAppCommand'
        "$($failed[0])" | Should -BeLike '*-Vdc ''no-such-vdc''*virtual data center*'
        $empty = Get-VcdVdc | Where-Object Name -NotIn (Get-VcdVApp).Vdc | Select-Object -First 1
        $empty | Should -Not -BeNullOrEmpty
        Get-VcdVApp -Vdc $empty.Name -ErrorAction Stop | Should -BeNullOrEmpty
        Get-VcdMedia no-such -Catalog iso -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*no such media in catalog ''iso''*'
    }

    It 'says once that a name is nowhere, however many parents were piped' {
        Get-VcdCatalog | Get-VcdMedia no-such -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed | Should -HaveCount 1
        $name = (Get-VcdMedia -Catalog iso)[0].Name
        Get-VcdCatalog | Get-VcdMedia ([wildcardpattern]::Escape($name)) -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }

    It 'refuses an object that nothing of the kind belongs to' {
        $disk = Get-VcdDisk | Select-Object -First 1
        Clear-Log
        $disk | Get-VcdVApp -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdVAppCommand'
        "$($failed[0])" | Should -BeLike '*a disk is nothing that a vApp belongs to; an organization or a virtual data center*'
        Get-Query | Should -BeNullOrEmpty
    }

    It 'lists the disks of a virtual machine' {
        $vms = @(Get-VcdVM -Detailed)
        $with = @($vms | Where-Object { $_.Disks.DiskHref })
        $with.Count | Should -BeGreaterThan 0
        foreach ($vm in $with) {
            @($vm | Get-VcdDisk).Href | Sort-Object | Should -Be @($vm.Disks.DiskHref | Where-Object { $_ } | Sort-Object)
        }
        $vms | Where-Object { -not $_.Disks.DiskHref } | Select-Object -First 1 | Get-VcdDisk -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'shows a template''s virtual machines only where the template is asked' {
        @(Get-VcdVM).IsInTemplate | Sort-Object -Unique | Should -Be $false
        $inTemplates = @(Get-VcdTemplate -Detailed | Where-Object { $_.VMs.Count } | Select-Object -First 1)
        $inTemplates | Should -HaveCount 1
        $found = @($inTemplates | Get-VcdVM)
        $found.Id | Sort-Object | Should -Be @($inTemplates.VMs.Id | Sort-Object)
        $found.IsInTemplate | Sort-Object -Unique | Should -Be $true
    }

    It 'keeps to the connection that an object came by' {
        $vdc = Get-VcdVdc -Connection provider | Where-Object Organization -EQ acme | Select-Object -First 1
        @($vdc | Get-VcdVApp).Connection | Sort-Object -Unique | Should -Be 'provider'
        Clear-Log
        $vdc | Get-VcdVApp -Connection tenant -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.ConnectionMismatch,OrchestratorTools.Vcd.GetVcdVAppCommand'
        Get-Query | Should -BeNullOrEmpty
    }

    It 'goes on with the next when a whole representation cannot be read' {
        $names = @(Get-VcdVApp).Count
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Path '/api/vApp/*' -Status 404
        $read = @(Get-VcdVApp -Detailed -ErrorAction SilentlyContinue -ErrorVariable failed)
        $read.Count | Should -Be ($names - 1)
        $failed | Should -HaveCount 1
        $failed[0].TargetObject | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVApp
    }

    It 'gets the users of a group, and the groups of a user' {
        $group = Get-VcdGroup -Detailed | Where-Object { $_.Users.Count } | Select-Object -First 1
        $group | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdGroup
        @(Get-VcdGroup $group.Name).Id | Should -Be $group.Id
        $names = @(Get-VcdUser).Name
        $group.Users.Name | ForEach-Object { $_ | Should -BeIn $names }
        (Get-VcdUser $group.Users[0].Name -Detailed).Groups.Name | Should -Contain $group.Name
        Get-VcdGroup nosuch -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdGroupCommand'
    }

    It 'gets sizes in bytes and times in UTC' {
        $vm = Get-VcdVM | Select-Object -First 1
        $vm.Memory | Should -BeOfType long
        $vm.Memory % 1MB | Should -Be 0
        (Get-VcdDisk | Select-Object -First 1).Size | Should -BeGreaterThan 1MB
        (Get-VcdVApp | Select-Object -First 1).CreatedAt.Offset | Should -Be ([timespan]::Zero)
        (Get-VcdVdc | Select-Object -First 1).StorageUsed | Should -BeOfType long
    }
}

Describe 'Acting for an organization' {
    BeforeEach {
        Clear-Log
    }

    It 'lists <_> of one organization for the provider, by name and by pipeline' -ForEach 'VcdVdc', 'VcdCatalog', 'VcdVApp', 'VcdVM', 'VcdUser', 'VcdDisk', 'VcdNetwork', 'VcdMedia' {
        $own = Connect-Vcd $vcd.Server -Organization globex -Credential ($vcd.Users | Where-Object Organization -EQ globex)[0].Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy -Name globex -NotDefault
        try {
            # What globex's own user sees of globex's.
            $expected = @(& "Get-$_" -Connection globex -Organization globex).Id | Sort-Object
            $expected.Count | Should -BeGreaterThan 0
            @(& "Get-$_" -Connection provider -Organization globex).Id | Sort-Object | Should -Be $expected
            @(Get-VcdOrg globex -Connection provider | & "Get-$_").Id | Sort-Object | Should -Be $expected
            @(& "Get-$_" -Connection provider -Organization glob*).Id | Sort-Object | Should -Be $expected
        }
        finally {
            Disconnect-Vcd $own
        }
    }

    It 'sends the context, which the server goes by' {
        # Records of roles tell no organization: only the server can choose.
        @(Get-VcdOrg globex -Connection provider | Get-VcdEdgeGateway).Vdc | Sort-Object -Unique | Should -BeIn (Get-VcdVdc -Connection provider -Organization globex).Name
    }

    It 'says that a tenant''s session acts for no other organization' {
        Get-VcdVApp -Organization globex -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.GetVcdVAppCommand'
        "$($failed[0])" | Should -BeLike '*''globex''*belongs to organization ''acme''*'
        Get-Query | Should -BeNullOrEmpty
        @(Get-VcdVApp -Organization ACME).Count | Should -Be @(Get-VcdVApp).Count
        @(Get-VcdOrg | Get-VcdVApp).Count | Should -Be @(Get-VcdVApp).Count
    }

    It 'still lists what another organization shares' {
        @(Get-VcdCatalog -Organization globex).Organization | Sort-Object -Unique | Should -Be 'globex'
    }

    It 'says that there is no such organization' {
        Get-VcdVApp -Organization no-such -Connection provider -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdVAppCommand'
    }
}

Describe 'Search-Vcd' {
    BeforeEach {
        Clear-Log
    }

    It 'gets every type that the server lists' {
        $types = @((Invoke-VcdRequest /api/query).QueryList.Link | Where-Object { $_.href -like '*format=records*' } | ForEach-Object name | Sort-Object -Unique)
        $types.Count | Should -BeGreaterThan 20
        foreach ($type in $types) {
            $found = @(Search-Vcd $type -First 3)
            $found.Count | Should -BeLessOrEqual 3
            foreach ($one in $found) {
                $one | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdRecord
                $one.RecordType | Should -Be $type
                $one.Connection | Should -Be 'tenant'
            }
        }
    }

    It 'gives the fields their types' {
        $vm = Search-Vcd vm -First 1
        $vm.memoryMB | Should -BeOfType long
        $vm.isDeployed | Should -BeOfType bool
        $vm.status | Should -BeOfType string
        (Search-Vcd vApp -First 1).creationDate | Should -BeOfType DateTimeOffset
        $vm.Id | Should -BeLike 'urn:vcloud:vm:*'
    }

    It 'finds by -Where whatever a name holds: <_>' -ForEach @(
        'it''s 100% räksmörgås 数据', 'quotes "and" <tags>', 'R&D lab', 'erp (production)'
    ) {
        $found = @(Search-Vcd vApp @{ name = $_ -replace '`', '``' -replace '\*', '`*' })
        $found.name | Should -Be $_
    }

    It 'finds names with commas, semicolons and asterisks' {
        $names = @((Get-VcdMedia).Name | Where-Object { $_ -match '[,;*=()%&!`]' } | Sort-Object -Unique -CaseSensitive)
        $names.Count | Should -BeGreaterOrEqual 5
        foreach ($name in $names) {
            @(Search-Vcd media @{ name = $name -replace '`', '``' -replace '\*', '`*' }).name | Sort-Object -Unique | Should -Be $name
        }
    }

    It 'takes wildcards, several values, numbers and flags' {
        @(Search-Vcd vApp @{ name = 'W*' }).name | Sort-Object -CaseSensitive | Should -Be @(@(Get-VcdVApp w*).Name | Sort-Object -CaseSensitive)
        @(Search-Vcd vApp @{ name = 'web' }).name | Should -BeExactly 'web' -Because 'without a wildcard the service regards letter case'
        @(Search-Vcd vApp @{ name = 'web', 'mail' }).Count | Should -Be 2
        $expected = @(Get-VcdVM | Where-Object { $_.NumberOfCpus -eq 1 -and $_.IsDeployed })
        $expected.Count | Should -BeGreaterThan 0
        @(Search-Vcd vm @{ numberOfCpus = 1; isDeployed = $true; isVAppTemplate = $false }).Id | Sort-Object | Should -Be @($expected.Id | Sort-Object)
    }

    It 'joins -Filter and -Where by and' {
        $expected = @(Get-VcdVM | Where-Object { $_.Memory -ge 4GB -and $_.Status -eq 'POWERED_ON' })
        @(Search-Vcd vm -Filter 'memoryMB=ge=4096;isVAppTemplate==false' -Where @{ status = 'POWERED_ON' }).Id | Sort-Object | Should -Be @($expected.Id | Sort-Object)
        Get-Filter | Should -Be '(memoryMB=ge=4096;isVAppTemplate==false);(status==POWERED_ON)'
    }

    It 'compares numbers and times, and what must not be' {
        $all = @(Search-Vcd vm)
        @(Search-Vcd vm @{ memoryMB = @{ ge = 2048; lt = 16384 } }).Id | Sort-Object | Should -Be @(($all | Where-Object { $_.memoryMB -ge 2048 -and $_.memoryMB -lt 16384 }).Id | Sort-Object)
        @(Search-Vcd vm @{ memoryMB = @{ GT = 1024; '-le' = 4096 } }).Id | Sort-Object | Should -Be @(($all | Where-Object { $_.memoryMB -gt 1024 -and $_.memoryMB -le 4096 }).Id | Sort-Object)
        $expected = @($all | Where-Object { $_.status -notin 'POWERED_ON', 'SUSPENDED' -and $_.isVAppTemplate -eq $false })
        $expected.Count | Should -BeGreaterThan 0
        @(Search-Vcd vm @{ status = @{ ne = 'POWERED_ON', 'SUSPENDED' }; isVAppTemplate = $false }).Id | Sort-Object | Should -Be @($expected.Id | Sort-Object)
        $times = @((Search-Vcd task).startDate | Sort-Object)
        $middle = $times[[int]($times.Count / 2)]
        @(Search-Vcd task @{ startDate = @{ ge = $middle } }).Count | Should -Be @($times | Where-Object { $_ -ge $middle }).Count
        Clear-Log
        $null = Search-Vcd vm @{ memoryMB = @{ lt = 2048 } }
        Get-Filter | Should -Be 'memoryMB=lt=2048'
        # A text is a text, whatever it begins with.
        Clear-Log
        $null = Search-Vcd vm @{ name = '>4' }
        Get-Filter | Should -Be 'name==>4'
    }

    It 'says what cannot be compared: <Where>' -ForEach @(
        @{ Where = @{ name = @{ gt = 'a' } }; Said = '*one number or one time*' }
        @{ Where = @{ memoryMB = @{ gt = 1, 2 } }; Said = '*one number or one time*' }
        @{ Where = @{ memoryMB = @{ gt = $null } }; Said = '*one number or one time*' }
        @{ Where = @{ memoryMB = @{ above = 1 } }; Said = "*-Where 'above'*gt, ge, lt, le, ne*" }
        @{ Where = @{ memoryMB = @{} }; Said = '*a comparison is needed*' }
        @{ Where = @{ name = @{ ne = 'a*' } }; Said = '*wildcards*' }
        @{ Where = @{ name = @{ ne = '' } }; Said = '*none of which it must be*' }
        @{ Where = @{ 'metadata:k' = @{ gt = 1 } }; Said = '*-Filter*' }
    ) {
        { Search-Vcd vm $Where } | Should -Throw $Said -ErrorId 'Vcd.BadParameter,*'
        Get-Query | Should -BeNullOrEmpty
    }

    It 'gets only the fields that are wanted, sorted' {
        $found = @(Search-Vcd vm -Property name, memoryMB -SortBy memoryMB -Descending)
        $found.memoryMB | Should -Be @($found.memoryMB | Sort-Object -Descending)
        $found[0].PSObject.Properties['status'] | Should -BeNullOrEmpty
        $found[0].Name | Should -Not -BeNullOrEmpty
    }

    It 'asks for no more pages than -First needs' {
        @(Search-Vcd catalogItem -First 130).Count | Should -Be 130
        Get-Query | Where-Object Query | Should -HaveCount 2
        Clear-Log
        $null = Search-Vcd catalogItem | Select-Object -First 2
        Get-Query | Where-Object Query | Should -HaveCount 1
    }

    It 'takes packaged queries' {
        @(Search-Vcd vms).Count | Should -Be @(Search-Vcd vm).Count
        @(Search-Vcd admin/users).name | Sort-Object | Should -Be @((Search-Vcd user).name | Sort-Object)
        (Get-Query).Path | Should -Contain '/api/admin/users/query'
    }

    It 'searches metadata by type, and gets it' {
        $media = Get-VcdMedia -Catalog iso | Select-Object -First 1
        $null = $media | Set-VcdMetadata -Metadata @{ 'cost center' = 'R&D; 100%'; number = 42; flag = $true } -Wait -Confirm:$false
        foreach ($metadata in @{ 'cost center' = 'R&D; 100%' }, @{ number = 42 }, @{ flag = $true }, @{ number = 42; flag = $true }) {
            @(Search-Vcd media -Metadata $metadata).Id | Should -Be $media.Id
        }
        @(Search-Vcd media -Metadata @{ number = 43 }) | Should -BeNullOrEmpty
        @(Search-Vcd media -Metadata @{ flag = $false }) | Should -BeNullOrEmpty
        $found = Search-Vcd media -Metadata @{ number = 42 } -Property name, 'metadata:cost center', metadata:number, metadata:flag
        $found.Name | Should -Be $media.Name
        $found.'metadata:cost center' | Should -Be 'R&D; 100%'
        $found.'metadata:number' | Should -Be 42
        $found.'metadata:flag' | Should -BeOfType bool
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'more than eight metadata keys'; Arguments = @{ Metadata = @{ a = 1; b = 1; c = 1; d = 1; e = 1; f = 1; g = 1; h = 1; i = 1 } } }
        @{ What = 'sorting by metadata'; Arguments = @{ SortBy = 'metadata:a' } }
        @{ What = 'a direction without a field'; Arguments = @{ Descending = $true } }
        @{ What = 'an empty value'; Arguments = @{ Where = @{ name = '' } } }
        @{ What = 'no value'; Arguments = @{ Where = @{ name = $null } } }
        @{ What = 'a field that is none'; Arguments = @{ Where = @{ 'name==x;' = 'y' } } }
        @{ What = 'a value of another type'; Arguments = @{ Where = @{ name = @{ a = 1 } } } }
    ) {
        { Search-Vcd vm @Arguments } | Should -Throw -ErrorId 'Vcd.BadParameter,OrchestratorTools.Vcd.SearchVcdCommand'
        Get-Query | Should -BeNullOrEmpty
    }

    It 'names the fields that there are where one is wrong' {
        foreach ($arguments in @{ Where = @{ nosuch = 1 } }, @{ Filter = 'nosuch==1' }, @{ SortBy = 'nosuch' }) {
            Search-Vcd vm @arguments -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SearchVcdCommand'
            "$($failed[0])" | Should -BeLike '*nosuch*containerName*memoryMB*'
        }
    }

    It 'names the types where one is wrong' {
        Search-Vcd machines -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.SearchVcdCommand'
        "$($failed[0])" | Should -BeLike '*''machines''*vApp*vm*'
    }

    It 'acts for an organization' {
        @(Search-Vcd adminVApp -Connection provider -Organization globex).Id | Sort-Object | Should -Be @((Get-VcdVApp -Connection provider -Organization globex).Id | Sort-Object)
        Search-Vcd vApp -Organization globex -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.SearchVcdCommand'
    }

    It 'completes types from the server''s list' {
        Get-Completion 'Search-Vcd vAppT' | Should -Be 'vAppTemplate', 'vAppTemplates'
        Get-Completion 'Search-Vcd admin/u' | Should -Be 'admin/users'
    }

    It 'gives what other cmdlets take' {
        $record = Search-Vcd vApp @{ name = 'web' }
        @($record | Get-VcdVM).Id | Sort-Object | Should -Be @((Get-VcdVM | Where-Object VApp -CEQ web).Id | Sort-Object)
        ($record | Invoke-VcdRequest -Rel up -LinkType *.vdc+xml).Vdc.name | Should -Be 'acme-vdc'
    }
}

Describe 'Resolve-VcdEntity' {
    It 'returns what an id stands for, whatever it is' {
        $objects = @(Get-VcdVApp; Get-VcdVM; Get-VcdCatalog; Get-VcdMedia; Get-VcdVdc; Get-VcdOrg; Get-VcdDisk; Get-VcdNetwork) | Group-Object { $_.GetType().Name } | ForEach-Object { $_.Group[0] }
        $found = @($objects.Id | Resolve-VcdEntity)
        $found.Count | Should -Be $objects.Count
        for ($i = 0; $i -lt $objects.Count; $i++) {
            $found[$i].GetType() | Should -Be $objects[$i].GetType()
            $found[$i].Id | Should -Be $objects[$i].Id
            $found[$i].Links.Count | Should -BeGreaterThan 0
        }
        # By property name, and at the connection that the object came by.
        (Get-VcdVApp -Connection provider | Select-Object -First 1 | Resolve-VcdEntity).Connection | Should -Be 'provider'
    }

    It 'says what is no id, and what is not there' {
        Resolve-VcdEntity '6ef7767a-9522-4f8a-aa61-772ea1dc3145', 'urn:vcloud:vm:00000000-1111-4222-8333-444444444444', (Get-VcdOrg).Id -ErrorAction SilentlyContinue -ErrorVariable failed | Should -HaveCount 1
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.ResolveVcdEntityCommand', 'Vcd.NotFound,OrchestratorTools.Vcd.ResolveVcdEntityCommand'
    }
}

Describe 'Links' {
    It 'are on what was read whole, and followed from what was listed' {
        $vapp = Get-VcdVApp web | Where-Object Name -CEQ web
        $vapp.Links | Should -BeNullOrEmpty
        $whole = Get-VcdVApp -Id $vapp.Id
        $whole.Links.Rel | Should -Contain 'edit'
        foreach ($one in $vapp, $whole) {
            ($one | Invoke-VcdRequest -Rel edit).VApp.name | Should -Be 'web'
        }
    }

    It 'are chosen by their type, or by the body''s' {
        $vapp = Get-VcdVApp web | Where-Object Name -CEQ web
        $vapp | Invoke-VcdRequest -Rel down -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Ambiguous,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        "$($failed[0])" | Should -BeLike '*metadata+xml*-LinkType*'
        ($vapp | Invoke-VcdRequest -Rel down -Type *.owner+xml).Owner.User.name | Should -Be $vapp.Owner
        ($vapp | Invoke-VcdRequest -Rel down -ContentType application/vnd.vmware.vcloud.metadata+xml).Metadata | Should -Not -BeNullOrEmpty
        $vapp | Invoke-VcdRequest -Rel no-such -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*no such link*''edit*'
    }

    It 'do not hold addresses of transfers' {
        $media = Get-VcdMedia -Detailed | Select-Object -First 3
        $media.Links.Rel | Where-Object { $_ -like 'upload:*' -or $_ -like 'download:*' } | Should -BeNullOrEmpty
    }

    It 'takes -Path as the other raw cmdlets do, and acts for an organization' {
        (Invoke-VcdRequest -Path /api/org).OrgList.Org.name | Should -Contain 'acme'
        Invoke-VcdRequest /api/org -Organization globex -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.Permission,OrchestratorTools.Vcd.InvokeVcdRequestCommand'
        Invoke-VcdRequest /api/org -Organization globex -Connection provider | Should -Not -BeNullOrEmpty
    }
}
